/**
 * What MQTT promises: sessions, deliveries, acknowledgements, wills, retained messages and shared subscriptions, above the codec, the routing and the
 * store, and below any network.
 *
 * <p><b>Threads.</b> A {@link Lane} is one event loop with what belongs to it; whatever concerns a connection happens on its lane only and never waits.
 * Other lanes are told by mail. The store's log thread says when something is stored and does nothing else; {@code dinrail-broker-reader} reads back what
 * waits for a client that was away; {@code dinrail-broker-time} knows when sessions and wills are due; {@code dinrail-broker-house} is the lane of what
 * the platform itself publishes.
 *
 * <p><b>The rule of acknowledgement.</b> What arrives in one turn of a lane becomes one batch of the store. A message of QoS 1 or 2 is acknowledged, and
 * delivered to the sessions that outlive their connections, when the batch is on stable storage; sessions that don't, get it as soon as the batch is
 * taken. PUBREL and PUBCOMP too leave only when what they promise is stored.
 *
 * <p><b>Packet ids.</b> The place of a message in its session's queue gives its packet id, so that it is the same after a reconnect and after a restart,
 * and no two in flight share one: places in flight never span more than there are ids.
 */
@NullMarked
package io.dinrail.broker.internal.session;

import org.jspecify.annotations.NullMarked;
