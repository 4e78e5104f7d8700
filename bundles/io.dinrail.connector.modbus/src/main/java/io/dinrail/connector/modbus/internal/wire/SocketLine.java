package io.dinrail.connector.modbus.internal.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/** A socket, plain or TLS. Its own thread waits on it: an instance has one anyway, and a hand-over to another would only cost. */
final class SocketLine implements Line {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    SocketLine(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    @Override
    public void send(byte[] frame) throws IOException {
        out.write(frame);
        out.flush();
    }

    @Override
    public int receive(byte[] into, int offset, int most, long deadline) throws IOException {
        long rest = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        // 0 would wait for ever
        socket.setSoTimeout((int) Math.min(Math.max(rest + 1, 1), Integer.MAX_VALUE));
        try {
            int got = in.read(into, offset, most);
            if (got < 0) {
                throw new LineEndedException();
            }
            return got;
        } catch (SocketTimeoutException e) {
            return 0;
        }
    }

    @Override
    public boolean hasBytes() throws IOException {
        return in.available() > 0;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone either way
        }
    }
}
