/**
 * The network: listeners, the way of a connection from its first byte to its handler, and its bytes from there on. Every connection belongs to one loop; nothing here
 * knows what a packet means.
 */
@NullMarked
package io.dinrail.broker.internal.transport;

import org.jspecify.annotations.NullMarked;
