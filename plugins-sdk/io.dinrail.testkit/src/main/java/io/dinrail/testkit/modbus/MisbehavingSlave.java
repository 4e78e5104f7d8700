package io.dinrail.testkit.modbus;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A Modbus slave over TCP, all units of it in one, that misbehaves as it is told. What it stores and answers is right; how it answers is up to the test.
 * Safe for use by many threads.
 */
public final class MisbehavingSlave implements AutoCloseable {
    private static final int MOST_REMEMBERED = 10_000;

    private final SlaveFraming framing;
    private final int port;
    private final Map<Integer, SlaveMemory> units = new ConcurrentHashMap<>();
    private final Deque<SlaveRequest> requests = new ConcurrentLinkedDeque<>();
    private final List<SlaveConnection> connections = new CopyOnWriteArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private volatile Function<SlaveRequest, Misbehaviour> conduct = request -> Misbehaviour.NONE;
    private volatile ServerSocket server;
    private volatile Duration lateness = Duration.ofSeconds(1);

    private MisbehavingSlave(SlaveFraming framing) throws IOException {
        this.framing = framing;
        this.server = listening(0);
        this.port = server.getLocalPort();
    }

    /**
     * Starts a slave that speaks Modbus TCP on a free port of this machine.
     *
     * @return the slave, which behaves until it is told otherwise.
     * @throws IOException if it can't listen.
     */
    public static MisbehavingSlave tcp() throws IOException {
        return new MisbehavingSlave(SlaveFraming.MBAP);
    }

    /**
     * Starts a slave that speaks RTU over TCP on a free port of this machine.
     *
     * @return the slave, which behaves until it is told otherwise.
     * @throws IOException if it can't listen.
     */
    public static MisbehavingSlave rtuOverTcp() throws IOException {
        return new MisbehavingSlave(SlaveFraming.RTU);
    }

    /** @return where it listens. */
    public int port() {
        return port;
    }

    /**
     * The memory of a unit.
     *
     * @param unit its id.
     * @return all its areas, zero at first.
     */
    public SlaveMemory unit(int unit) {
        return units.computeIfAbsent(unit, id -> new SlaveMemory());
    }

    /**
     * Says how it behaves from now on.
     *
     * @param way asked for each request, by the thread of its connection.
     */
    public void behaves(Function<SlaveRequest, Misbehaviour> way) {
        conduct = way;
    }

    /**
     * Says how late {@link Misbehaviour#LATE} is.
     *
     * @param by how much.
     */
    public void lateBy(Duration by) {
        lateness = by;
    }

    /** @return the requests since the start or the last {@link #forget()}, the oldest first, the newest 10,000. */
    public List<SlaveRequest> requests() {
        return List.copyOf(requests);
    }

    /** Forgets {@link #requests()}. */
    public void forget() {
        requests.clear();
    }

    /** @return how many connections were made since the start. */
    public int connections() {
        return accepted.get();
    }

    /** @return how many connections are open. */
    public int openConnections() {
        connections.removeIf(SlaveConnection::isClosed);
        return connections.size();
    }

    /**
     * Goes away: nobody listens any more and no connection stands.
     *
     * @throws IOException if it can't be closed.
     */
    public void leave() throws IOException {
        server.close();
        disconnect();
    }

    /**
     * Comes back to the same port; does nothing if it is there.
     *
     * @throws IOException if it can't listen.
     */
    public synchronized void comeBack() throws IOException {
        if (server.isClosed()) {
            server = listening(port);
        }
    }

    /** Closes all connections that stand; new ones are welcome. */
    public void disconnect() {
        connections.forEach(SlaveConnection::close);
        connections.clear();
    }

    /** Ends it, and its threads soon after. */
    @Override
    public void close() throws IOException {
        leave();
    }

    Misbehaviour heard(SlaveRequest request) {
        requests.addLast(request);
        if (requests.size() > MOST_REMEMBERED) {
            requests.pollFirst();
        }
        return conduct.apply(request);
    }

    byte[] answer(SlaveRequest request) {
        return unit(request.unit()).answer(request);
    }

    SlaveFraming framing() {
        return framing;
    }

    Duration lateness() {
        return lateness;
    }

    private ServerSocket listening(int wanted) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 50);
        SlaveConnection.start("modbus-slave", () -> accept(socket));
        return socket;
    }

    private void accept(ServerSocket listening) {
        try {
            while (true) {
                Socket socket = listening.accept();
                accepted.incrementAndGet();
                SlaveConnection connection = new SlaveConnection(
                        this, socket, new DataInputStream(new BufferedInputStream(socket.getInputStream())));
                connections.removeIf(SlaveConnection::isClosed);
                connections.add(connection);
                if (listening.isClosed()) { // one that slipped in
                    connection.close();
                }
                SlaveConnection.start("modbus-slave-connection", connection::serve);
            }
        } catch (IOException e) {
            // closed
        }
    }
}
