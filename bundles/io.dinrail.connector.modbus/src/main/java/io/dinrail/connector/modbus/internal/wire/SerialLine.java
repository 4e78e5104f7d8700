package io.dinrail.connector.modbus.internal.wire;

import com.fazecast.jSerialComm.SerialPort;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A serial port. */
final class SerialLine implements Line {
    /** The finest that the operating system waits by. */
    private static final int TICK_MILLIS = 100;

    private static final long GLANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final SerialPort port;
    private final long silenceNanos;
    private long lastByte = System.nanoTime();

    SerialLine(SerialPort port, long silenceNanos) {
        this.port = port;
        this.silenceNanos = silenceNanos;
    }

    static void prepare(SerialPort port) {
        port.setComPortTimeouts(
                SerialPort.TIMEOUT_READ_SEMI_BLOCKING | SerialPort.TIMEOUT_WRITE_BLOCKING, TICK_MILLIS, 0);
    }

    @Override
    public void send(byte[] frame) throws IOException {
        rest(silenceNanos - (System.nanoTime() - lastByte));
        int sent = port.writeBytes(frame, frame.length);
        if (sent != frame.length) {
            throw new IOException("the port took " + sent + " of " + frame.length + " bytes");
        }
        lastByte = System.nanoTime();
    }

    @Override
    public int receive(byte[] into, int offset, int most, long deadline) throws IOException {
        while (true) {
            int waiting = port.bytesAvailable();
            if (waiting < 0) {
                throw new LineEndedException();
            }
            long rest = deadline - System.nanoTime();
            if (waiting > 0 || rest > TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS)) {
                int got = port.readBytes(into, waiting > 0 ? Math.min(most, waiting) : 1, offset);
                if (got < 0) {
                    throw new LineEndedException();
                }
                if (got > 0) {
                    lastByte = System.nanoTime();
                    return got;
                }
            } else if (rest <= 0) {
                return 0;
            } else {
                rest(Math.min(rest, GLANCE_NANOS));
            }
        }
    }

    @Override
    public boolean hasBytes() throws IOException {
        return port.bytesAvailable() > 0;
    }

    @Override
    public long silenceNanos() {
        return silenceNanos;
    }

    @Override
    public void close() {
        port.closePort();
    }

    private static void rest(long nanos) throws IOException {
        if (nanos <= 0) {
            return;
        }
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
