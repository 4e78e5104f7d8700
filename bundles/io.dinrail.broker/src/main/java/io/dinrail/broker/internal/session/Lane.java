package io.dinrail.broker.internal.session;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.internal.PlatformDependent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** One event loop with what belongs to it; only {@link #post} and what is said to be so is for other threads. */
final class Lane {
    private static final int A_TURN = 256;
    private static final int PRESSED = 2_000;
    private static final int RELIEVED = 500;
    private static final long MOST_UNSTORED = 8 << 20;
    private static final long MUCH_UNSTORED = 512 << 10;
    private static final long MOST_OF_ONE = 64 << 10;
    private static final long LITTLE_OF_ONE = 4 << 10;

    private final EventExecutor loop;
    private final Broker broker;
    private final Desk desk;
    private final Queue<Mail> mail = PlatformDependent.newMpscQueue();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean called = new AtomicBoolean();
    private final Set<Connection> connections = new LinkedHashSet<>();
    private final List<Connection> dirty = new ArrayList<>();
    private final List<Connection> paused = new ArrayList<>();
    /** Lanes whose publishers wait until this one has less mail. */
    private final Set<Lane> behind = ConcurrentHashMap.newKeySet();
    /** A lane further on that has more mail than it can take. */
    private Lane clogged = this;

    Lane(EventExecutor loop, Broker broker) {
        this.loop = loop;
        this.broker = broker;
        this.desk = new Desk(this, broker);
        loop.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    Desk desk() {
        return desk;
    }

    /** Safe from any thread. */
    boolean isHere() {
        return loop.inEventLoop();
    }

    /** Does something on this lane, then ends its turn; safe from any thread. What comes after the end of the loop is dropped. */
    void post(Mail letter) {
        mail.add(letter);
        waiting.incrementAndGet();
        if (called.compareAndSet(false, true)) {
            call(false);
        }
    }

    /** @param later behind the network, which a task of its own would not be. */
    private void call(boolean later) {
        try {
            if (later) {
                loop.schedule(this::drain, 0, TimeUnit.NANOSECONDS);
            } else {
                loop.execute(this::drain);
            }
        } catch (RejectedExecutionException e) { // the broker has stopped, and what was to be told with it
            mail.clear();
        }
    }

    private void drain() {
        called.set(false);
        Mail letter = mail.poll();
        for (int i = 0; letter != null; i++) {
            waiting.decrementAndGet();
            open(letter);
            letter = i < A_TURN ? mail.poll() : null;
        }
        turnEnds();
        if (waiting.get() <= RELIEVED) {
            isRelieved();
        }
        if (!mail.isEmpty() && called.compareAndSet(false, true)) {
            call(true);
        }
    }

    private void isRelieved() {
        for (Lane other : behind) {
            behind.remove(other);
            other.post(Mail.NOTHING);
        }
    }

    private void open(Mail letter) {
        try {
            letter.open();
        } catch (RuntimeException e) {
            broker.ledger().count("engine.failed", "broker", "a step of the engine failed", e);
        }
    }

    /** Stores what the turn brought, then sends what it wrote. */
    void turnEnds() {
        desk.settle();
        for (int i = 0; i < dirty.size(); i++) {
            dirty.get(i).flush();
        }
        dirty.clear();
        resume();
    }

    private void resume() {
        if (!paused.isEmpty() && !isPressed()) {
            List<Connection> resumed = List.copyOf(paused);
            paused.clear();
            resumed.forEach(Connection::relieved);
        }
    }

    void isDirty(Connection connection) {
        dirty.add(connection);
    }

    /** Safe from any thread. */
    boolean hasTooMuchMail() {
        return waiting.get() > PRESSED;
    }

    void clogs(Lane other) {
        if (clogged != other) {
            clogged = other;
            other.behind.add(this);
        }
    }

    /** Whether publishers are to be read from later: what they sent isn't stored yet, or another lane can't follow. */
    boolean isPressed() {
        if (clogged != this && clogged.waiting.get() <= RELIEVED) {
            clogged = this;
        }
        return desk.unstored() > MOST_UNSTORED || clogged != this;
    }

    /** Whether a publisher of whom so many bytes aren't stored yet may go on: one alone never makes the others wait for long. */
    boolean mayOwe(long bytes) {
        return bytes <= (desk.unstored() > MUCH_UNSTORED ? LITTLE_OF_ONE : MOST_OF_ONE);
    }

    /** Remembers somebody who is not read from until {@link #isPressed} is over, which may be in a moment in which nothing else happens here. */
    void pauses(Connection connection) {
        paused.add(connection);
        if (paused.size() == 1) {
            look();
        }
    }

    private void look() {
        loop.schedule(
                () -> {
                    resume();
                    if (!paused.isEmpty()) {
                        look();
                    }
                },
                1,
                TimeUnit.MILLISECONDS);
    }

    void comes(Connection connection) {
        connections.add(connection);
    }

    void goes(Connection connection) {
        connections.remove(connection);
        paused.remove(connection);
    }

    private void tick() {
        long now = System.nanoTime();
        for (Connection connection : List.copyOf(connections)) {
            open(() -> connection.tick(now));
        }
        turnEnds();
    }
}
