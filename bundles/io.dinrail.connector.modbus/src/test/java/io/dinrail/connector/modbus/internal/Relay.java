package io.dinrail.connector.modbus.internal;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A raw socket that sees every request and answers what a test tells it to; without a test's answer it asks a real server. */
final class Relay implements AutoCloseable {
    /** Answers one request. */
    @FunctionalInterface
    interface Slave {
        /** @return the whole answer with its header; null for none; nothing at all to close the connection. */
        byte @Nullable [] answer(byte[] request) throws IOException;
    }

    final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final ServerSocket server;
    private volatile Slave slave;

    Relay(Slave slave) throws IOException {
        this(0, slave);
    }

    Relay(int port, Slave slave) throws IOException {
        server = new ServerSocket(port, 10, InetAddress.getLoopbackAddress());
        this.slave = slave;
        start("test-relay", this::accept);
    }

    /** @return a slave that hands requests to a real server over a connection of its own each. */
    static Slave realServer(int port) {
        return request -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream().write(request);
                return frame(new DataInputStream(socket.getInputStream()));
            }
        };
    }

    /** @return an answer to a request: its header with another length, and these bytes from the unit id on. */
    static byte[] answer(byte[] request, String hexFromUnit) {
        byte[] body = HexFormat.of().parseHex(hexFromUnit);
        byte[] answer = new byte[6 + body.length];
        System.arraycopy(request, 0, answer, 0, 4);
        answer[5] = (byte) body.length;
        System.arraycopy(body, 0, answer, 6, body.length);
        return answer;
    }

    void becomes(Slave other) {
        slave = other;
    }

    int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                sockets.add(socket);
                if (server.isClosed()) { // one that slipped in
                    socket.close();
                }
                start("test-relay-connection", () -> serve(socket));
            }
        } catch (IOException e) {
            // closed by the test
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            while (true) {
                byte[] request = frame(in);
                requests.add(HexFormat.of().formatHex(request, 6, request.length));
                byte[] answer = slave.answer(request);
                if (answer != null && answer.length == 0) {
                    return;
                }
                for (int i = 0; answer != null && i < answer.length; i++) {
                    out.write(answer[i]); // byte by byte, for nothing promises that a frame comes in one piece
                }
            }
        } catch (IOException e) {
            // either side went away
        }
    }

    private static byte[] frame(DataInputStream in) throws IOException {
        byte[] head = in.readNBytes(6);
        if (head.length < 6) {
            throw new IOException("closed");
        }
        byte[] frame = java.util.Arrays.copyOf(head, 6 + ((head[4] & 0xFF) << 8 | head[5] & 0xFF));
        in.readFully(frame, 6, frame.length - 6);
        return frame;
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
