package io.dinrail.broker.internal.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A client that sends what it likes. */
final class Raw implements AutoCloseable {
    private static final int MS = 10_000;

    private final Socket socket;

    Raw(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(MS);
    }

    static Raw to(int port) throws IOException {
        return new Raw(new Socket(InetAddress.getByName("127.0.0.1"), port));
    }

    /** A CONNECT of 3.1.1. */
    static byte[] connect() {
        return packet(0x10, join(text("MQTT"), new byte[] {4, 2, 0, 60}, text("c")));
    }

    /** A PUBLISH at QoS 0. */
    static byte[] publish(int payload) {
        return packet(0x30, join(text("t"), new byte[payload]));
    }

    static byte[] disconnect() {
        return packet(0xE0, new byte[0]);
    }

    static byte[] packet(int first, byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(first);
        int left = body.length;
        do {
            out.write(left > 127 ? left % 128 | 128 : left);
            left /= 128;
        } while (left > 0);
        out.writeBytes(body);
        return out.toByteArray();
    }

    static byte[] text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return join(new byte[] {(byte) (bytes.length >> 8), (byte) bytes.length}, bytes);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    Socket socket() {
        return socket;
    }

    Raw send(byte[]... parts) throws IOException {
        socket.getOutputStream().write(join(parts));
        socket.getOutputStream().flush();
        return this;
    }

    byte[] read(int bytes) throws IOException {
        return socket.getInputStream().readNBytes(bytes);
    }

    /** Reads until the other side ends it. */
    byte[] readAll() throws IOException {
        return socket.getInputStream().readAllBytes();
    }

    /** Waits until the other side has ended it, in whatever way. */
    boolean isEnded() throws IOException {
        try {
            readAll();
        } catch (SocketException e) {
            // broken off instead of ended
        }
        return true;
    }

    /** Breaks off: the other side gets a reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
