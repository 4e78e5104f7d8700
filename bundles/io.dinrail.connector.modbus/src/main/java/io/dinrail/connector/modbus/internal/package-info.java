/**
 * Modbus TCP as a connector. An instance runs on its host's thread; the connections of all instances share one event loop of this bundle, on
 * which nothing blocks.
 */
@NullMarked
package io.dinrail.connector.modbus.internal;

import org.jspecify.annotations.NullMarked;
