/**
 * The host of the connectors. Its own thread, {@code dinrail-southbound}, keeps the instances and looks after hung calls, silence and files; each
 * instance has one more, {@code dinrail-connector-NAME}, the only one that calls the connector.
 */
@NullMarked
package io.dinrail.southbound.internal;

import org.jspecify.annotations.NullMarked;
