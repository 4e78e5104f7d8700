package io.dinrail.broker.internal.clients;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A cable to the server that can be cut, or lose what the server answers. */
final class Cable implements AutoCloseable {
    private final ServerSocket end;
    private final InetSocketAddress server;
    private final List<Strand> strands = new CopyOnWriteArrayList<>();

    Cable(InetSocketAddress server) throws IOException {
        this.server = server;
        end = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        begin("cable", this::accept);
    }

    InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", end.getLocalPort());
    }

    /** From now on the server's answers are lost, on the connections there are. */
    void mute() {
        strands.forEach(strand -> strand.mute = true);
    }

    /** Ends all connections without a word; those that come later are whole again. */
    void cut() {
        for (Strand strand : strands) {
            strand.close();
            strands.remove(strand);
        }
    }

    private void accept() {
        try {
            while (true) {
                carry(end.accept());
            }
        } catch (IOException closed) {
            cut();
        }
    }

    private void carry(Socket client) throws IOException {
        @Nullable Socket far = reach();
        if (far == null) {
            client.close();
            return;
        }
        Strand strand = new Strand(client, far);
        strands.add(strand);
        begin("cable-up", () -> strand.pump(client, far, false));
        begin("cable-down", () -> strand.pump(far, client, true));
    }

    private @Nullable Socket reach() {
        try {
            return new Socket(server.getAddress(), server.getPort());
        } catch (IOException down) {
            return null;
        }
    }

    private static void begin(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        end.close();
        cut();
    }

    private final class Strand {
        private final Socket client;
        private final Socket far;
        private volatile boolean mute;

        Strand(Socket client, Socket far) {
            this.client = client;
            this.far = far;
        }

        /** Ends with the connection, and ends it. */
        void pump(Socket from, Socket to, boolean down) {
            byte[] bytes = new byte[8_192];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int got = in.read(bytes); got >= 0; got = in.read(bytes)) {
                    if (!(down && mute)) {
                        out.write(bytes, 0, got);
                    }
                }
            } catch (IOException gone) {
                // the other side learns it just below
            }
            close();
        }

        void close() {
            for (Socket socket : List.of(client, far)) {
                try {
                    socket.close();
                } catch (IOException e) {
                    throw new AssertionError("a socket does not close", e);
                }
            }
        }
    }
}
