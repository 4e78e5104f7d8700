package io.dinrail.connector.opcua.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A line between connector and server that a test can cut, or let fall silent. */
final class Relay implements AutoCloseable {
    private final ServerSocket listener;
    private final int target;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile boolean silent;
    private volatile boolean silentBack;
    private volatile boolean cut;

    Relay(int target) throws IOException {
        this.target = target;
        listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    String endpoint() {
        return "opc.tcp://127.0.0.1:" + listener.getLocalPort();
    }

    /** Closes every connection, and every new one at once. */
    void cut() throws IOException {
        cut = true;
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }

    /** Swallows every byte from now on, and leaves the connections open. */
    void fallSilent() {
        silent = true;
        silentBack = true;
    }

    /** Swallows only what the server says. */
    void swallowAnswers() {
        silentBack = true;
    }

    /** Lets everything through again; connections that lack something they said are closed. */
    void mend() throws IOException {
        if (silent || silentBack) {
            cut();
        }
        cut = false;
        silent = false;
        silentBack = false;
    }

    /** @return how many connections the connector holds. */
    int connections() {
        return (int) sockets.stream().filter(socket -> !socket.isClosed()).count() / 2;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
    }

    private void accept() {
        try {
            while (true) {
                Socket near = listener.accept();
                if (cut) {
                    near.close();
                    continue;
                }
                Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(near);
                sockets.add(far);
                start(() -> pump(near, far, false));
                start(() -> pump(far, near, true));
            }
        } catch (IOException e) {
            // closed by the test
        }
    }

    private void pump(Socket from, Socket to, boolean back) {
        byte[] buffer = new byte[64 * 1024];
        try (from;
                to) {
            for (int count = from.getInputStream().read(buffer);
                    count >= 0;
                    count = from.getInputStream().read(buffer)) {
                if (!(back ? silentBack : silent)) {
                    to.getOutputStream().write(buffer, 0, count);
                }
            }
        } catch (IOException e) {
            // either side went away
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "test-relay");
        thread.setDaemon(true);
        thread.start();
    }
}
