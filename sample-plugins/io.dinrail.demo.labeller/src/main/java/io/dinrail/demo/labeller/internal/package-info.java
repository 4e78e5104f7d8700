/**
 * A simulated labeller. Its process runs on one thread of its own, its OPC UA server on the threads of {@code ServerThreads}; the nodes are the
 * only way in and out, as with a real machine.
 */
@NullMarked
package io.dinrail.demo.labeller.internal;

import org.jspecify.annotations.NullMarked;
