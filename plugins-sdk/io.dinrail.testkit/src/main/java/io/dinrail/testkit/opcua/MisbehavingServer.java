package io.dinrail.testkit.opcua;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Stands in front of an OPC UA server on this machine, of whichever make, and misbehaves in its place as it is told. What the server answers is right;
 * what of it reaches the client, and how, is up to the test. Clients must connect to {@link #endpoint()} although the server calls itself otherwise. Safe
 * for use by many threads.
 */
public final class MisbehavingServer implements AutoCloseable {
    private static final int MOST_REMEMBERED = 10_000;

    private final ServerSocket listener;
    private final int target;
    private final List<FrontConnection> connections = new CopyOnWriteArrayList<>();
    private final Deque<Answer> answers = new ConcurrentLinkedDeque<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private volatile Function<Answer, Misbehaviour> conduct = answer -> Misbehaviour.NONE;
    private volatile Duration lateness = Duration.ofSeconds(1);
    private volatile boolean refuses;
    private volatile boolean swallowsRequests;
    private volatile boolean swallowsAnswers;

    private MisbehavingServer(int target) throws IOException {
        this.target = target;
        listener = new ServerSocket();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        FrontConnection.start("opcua-front", this::accept);
    }

    /**
     * Starts a front on a free port.
     *
     * @param port where the server listens on this machine; it is connected to anew for each client.
     * @return the front, which behaves until it is told otherwise.
     * @throws IOException if it can't listen.
     */
    public static MisbehavingServer before(int port) throws IOException {
        return new MisbehavingServer(port);
    }

    /** @return where it listens. */
    public int port() {
        return listener.getLocalPort();
    }

    /** @return what a client is told to connect to. */
    public String endpoint() {
        return "opc.tcp://127.0.0.1:" + port();
    }

    /**
     * Says how it behaves from now on.
     *
     * @param way asked for each answer, by the thread of its connection.
     */
    public void behaves(Function<Answer, Misbehaviour> way) {
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

    /** @return the server's answers since the start or the last {@link #forget()}, the oldest first, the newest 10,000. */
    public List<Answer> answers() {
        return List.copyOf(answers);
    }

    /** Forgets {@link #answers()}. */
    public void forget() {
        answers.clear();
    }

    /** @return how many connections were made since the start. */
    public int connections() {
        return accepted.get();
    }

    /** @return how many connections are open. */
    public int openConnections() {
        connections.removeIf(FrontConnection::isClosed);
        return connections.size();
    }

    /** Closes all connections that stand; new ones are welcome. */
    public void disconnect() {
        connections.forEach(FrontConnection::close);
        connections.clear();
    }

    /** Closes every new connection at once until {@link #mend}, and lets those that stand be. */
    public void refuse() {
        refuses = true;
    }

    /** Closes every connection, and every new one at once until {@link #mend}. */
    public void cut() {
        refuse();
        disconnect();
    }

    /** Swallows every byte until {@link #mend}, and leaves the connections open: neither end hears that the other closed its own. */
    public void fallSilent() {
        swallowsRequests = true;
        swallowsAnswers = true;
    }

    /** Swallows only what the server says, until {@link #mend}. */
    public void swallowAnswers() {
        swallowsAnswers = true;
    }

    /** Lets everything through again. Connections that lack something are closed, those that were made meanwhile too. */
    public void mend() {
        if (swallowsRequests || swallowsAnswers) {
            cut();
        }
        swallowsRequests = false;
        swallowsAnswers = false;
        refuses = false;
    }

    /** Ends it, and its threads soon after; the server behind it stays. */
    @Override
    public void close() throws IOException {
        listener.close();
        disconnect();
    }

    Misbehaviour heard(Answer answer) {
        answers.addLast(answer);
        if (answers.size() > MOST_REMEMBERED) {
            answers.pollFirst();
        }
        return conduct.apply(answer);
    }

    Duration lateness() {
        return lateness;
    }

    boolean swallowsRequests() {
        return swallowsRequests;
    }

    boolean swallowsAnswers() {
        return swallowsAnswers;
    }

    private void accept() {
        try {
            while (true) {
                Socket near = listener.accept();
                if (refuses) {
                    near.close();
                } else {
                    take(near);
                }
            }
        } catch (IOException e) {
            disconnect();
        }
    }

    private void take(Socket near) throws IOException {
        Socket far;
        try {
            far = new Socket(InetAddress.getLoopbackAddress(), target);
        } catch (IOException e) { // the server is away
            near.close();
            return;
        }
        near.setTcpNoDelay(true);
        far.setTcpNoDelay(true);
        accepted.incrementAndGet();
        FrontConnection connection = new FrontConnection(this, near, far);
        connections.removeIf(FrontConnection::isClosed);
        connections.add(connection);
        connection.start();
    }
}
