package io.dinrail.testkit.modbus;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
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
    private final ServerSocket server;
    private final Map<Integer, SlaveMemory> units = new ConcurrentHashMap<>();
    private final Deque<SlaveRequest> requests = new ConcurrentLinkedDeque<>();
    private final List<SlaveConnection> connections = new CopyOnWriteArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private volatile Function<SlaveRequest, Misbehaviour> conduct = request -> Misbehaviour.NONE;
    private volatile Duration lateness = Duration.ofSeconds(1);

    private MisbehavingSlave(SlaveFraming framing, int port) throws IOException {
        this.framing = framing;
        this.server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        SlaveConnection.start("modbus-slave", this::accept);
    }

    /**
     * Starts a slave that speaks Modbus TCP on a free port of this machine.
     *
     * @return the slave, which behaves until it is told otherwise.
     * @throws IOException if it can't listen.
     */
    public static MisbehavingSlave tcp() throws IOException {
        return new MisbehavingSlave(SlaveFraming.MBAP, 0);
    }

    /**
     * Starts a slave that speaks RTU over TCP on a free port of this machine.
     *
     * @return the slave, which behaves until it is told otherwise.
     * @throws IOException if it can't listen.
     */
    public static MisbehavingSlave rtuOverTcp() throws IOException {
        return new MisbehavingSlave(SlaveFraming.RTU, 0);
    }

    /** @return where it listens. */
    public int port() {
        return server.getLocalPort();
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

    /** Closes all connections that stand; new ones are welcome. */
    public void disconnect() {
        connections.forEach(SlaveConnection::close);
        connections.clear();
    }

    /** Ends it, and its threads soon after. */
    @Override
    public void close() throws IOException {
        server.close();
        disconnect();
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

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                accepted.incrementAndGet();
                SlaveConnection connection = new SlaveConnection(
                        this, socket, new DataInputStream(new BufferedInputStream(socket.getInputStream())));
                connections.removeIf(SlaveConnection::isClosed);
                connections.add(connection);
                SlaveConnection.start("modbus-slave-connection", connection::serve);
            }
        } catch (IOException e) {
            // closed
        }
    }
}
