/**
 * Modbus as a connector. An instance runs on its host's thread and waits on that thread for its device; nothing is shared between instances but the
 * thread that closes idle connections.
 */
@NullMarked
package io.dinrail.connector.modbus.internal;

import org.jspecify.annotations.NullMarked;
