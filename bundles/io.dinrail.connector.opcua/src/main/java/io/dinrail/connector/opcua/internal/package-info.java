/**
 * OPC UA as a connector. An instance is called on its host's thread; the library's own work for all instances runs on the few threads of
 * {@code ClientThreads}, on which nothing of ours blocks. The library would reconnect by itself; here the host does, so a session that is
 * lost is let go of at once.
 */
@NullMarked
package io.dinrail.connector.opcua.internal;

import org.jspecify.annotations.NullMarked;
