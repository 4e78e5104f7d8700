package io.dinrail.broker.internal.conformance;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Optional;

/** A connection that gives whole packets. */
final class Wires implements AutoCloseable {
    private final Socket socket = new Socket();
    private byte[] buffer = new byte[1 << 16];
    private int filled;

    Wires(InetSocketAddress address) {
        try {
            socket.setTcpNoDelay(true);
            socket.connect(address, 5_000);
        } catch (IOException failed) {
            throw new UncheckedIOException("no server at " + address, failed);
        }
    }

    /** Sends bytes; that the other end has closed shows when reading. */
    void write(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException gone) {
            // The server may close before it has read all that a test has to say.
        }
    }

    /**
     * Reads a packet.
     *
     * @param millis how long to wait at most.
     * @return the packet, empty if none is complete by then.
     * @throws IOException if the connection is gone.
     */
    Optional<byte[]> read(int millis) throws IOException {
        long end = System.nanoTime() + millis * 1_000_000L;
        for (int length = complete(); length == 0; length = complete()) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0 || !fill((int) left)) {
                return Optional.empty();
            }
        }
        return Optional.of(take(complete()));
    }

    /** Reads bytes as they come, packets or not; for what isn't MQTT. */
    byte[] raw(int count, int millis) throws IOException {
        while (filled < count) {
            if (!fill(millis)) {
                throw new SocketTimeoutException(filled + " of " + count + " bytes came");
            }
        }
        return take(count);
    }

    private byte[] take(int length) {
        byte[] packet = Arrays.copyOf(buffer, length);
        System.arraycopy(buffer, length, buffer, 0, filled - length);
        filled -= length;
        return packet;
    }

    private boolean fill(int millis) throws IOException {
        if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * filled);
        }
        socket.setSoTimeout(millis);
        try {
            int read = socket.getInputStream().read(buffer, filled, buffer.length - filled);
            if (read < 0) {
                throw new EOFException("end of stream");
            }
            filled += read;
            return true;
        } catch (SocketTimeoutException nothing) {
            return false;
        }
    }

    /** How long the first packet is, 0 if it isn't all there. */
    private int complete() {
        int length = 0;
        for (int i = 1; i < filled && i < 5; i++) {
            length |= (buffer[i] & 0x7F) << 7 * (i - 1);
            if (buffer[i] >= 0) {
                return filled > i + length ? i + 1 + length : 0;
            }
        }
        return 0;
    }

    /** Ends what is sent, as a client that has nothing more to say. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
