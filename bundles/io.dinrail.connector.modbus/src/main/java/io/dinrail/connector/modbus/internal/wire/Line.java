package io.dinrail.connector.modbus.internal.wire;

import java.io.IOException;

/** Bytes to and from a device. For one thread; only {@link #close} may be called from another, and ends what the first waits for. */
interface Line extends AutoCloseable {
    /** @throws IOException if the line is broken. */
    void send(byte[] frame) throws IOException;

    /**
     * Waits for bytes.
     *
     * @param into where to put them.
     * @param offset where the first goes.
     * @param most how many at most, above zero.
     * @param deadline of {@link System#nanoTime()}; one that has passed still takes what is there.
     * @return how many came; 0 if none did in time.
     * @throws IOException if the line ended or is broken.
     */
    int receive(byte[] into, int offset, int most, long deadline) throws IOException;

    /** @return whether {@link #receive} would give something at once. */
    boolean hasBytes() throws IOException;

    /** @return the silence that the line needs between two frames, in nanoseconds. */
    default long silenceNanos() {
        return 0;
    }

    /** Never throws, returns soon. */
    @Override
    void close();
}
