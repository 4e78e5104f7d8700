/**
 * Modbus on the wire: lines, framings, and the check of every answer. Nothing here knows tags. A wire belongs to one thread, which blocks on it at
 * most for the timeout of a request; closing it from another thread ends that wait.
 */
@NullMarked
package io.dinrail.connector.modbus.internal.wire;

import org.jspecify.annotations.NullMarked;
