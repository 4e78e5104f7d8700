/**
 * A simulated bottle filler. Its process runs on one thread of its own, its Modbus server on one event loop; the registers are the only way in
 * and out, as with a real PLC.
 */
@NullMarked
package io.dinrail.demo.filler.internal;

import org.jspecify.annotations.NullMarked;
