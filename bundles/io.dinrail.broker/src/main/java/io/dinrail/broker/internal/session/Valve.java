package io.dinrail.broker.internal.session;

import java.util.concurrent.TimeUnit;

/**
 * Whether an admitted client is read from: not while it publishes more than it may, not while others can't follow or it is owed too many answers, and not
 * while too much of what it published isn't stored yet. Used on its connection's lane only.
 */
final class Valve {
    private static final int MOST_ANSWERS = 4_000;

    private final Connection connection;
    private final Pace pace;
    private final Broker broker;
    private boolean quiet;
    private boolean pressed;
    private boolean ahead;

    Valve(Connection connection, Pace pace, Broker broker) {
        this.connection = connection;
        this.pace = pace;
        this.broker = broker;
    }

    Pace pace() {
        return pace;
    }

    boolean isOpen() {
        return !quiet && !pressed && !ahead;
    }

    /**
     * It published a message.
     *
     * @param unstored bytes of what it published.
     * @param unanswered packets that it waits for.
     */
    void published(int bytes, long now, long unstored, int unanswered) {
        long wait = pace.published(bytes, now);
        if (wait > 0 && !quiet) {
            slow(wait, now);
        } else if (!pressed && (connection.lane().isPressed() || unanswered > MOST_ANSWERS)) {
            pressed = true;
            connection.read();
            connection.lane().pauses(connection);
        } else if (!ahead && !connection.lane().mayOwe(unstored)) {
            ahead = true;
            connection.read();
        }
    }

    private void slow(long wait, long now) {
        broker.ledger()
                .count(
                        "publish.slowed",
                        connection.shown(),
                        "publishes more than " + pace.bound(now) + ": read from more slowly");
        quiet = true;
        connection.read();
        later(wait);
    }

    private void later(long wait) {
        connection.link().loop().schedule(this::paceIsOver, wait, TimeUnit.NANOSECONDS);
    }

    private void paceIsOver() {
        long wait = pace.owes(System.nanoTime());
        if (wait > 0 && connection.isOpen()) {
            later(wait);
        } else {
            quiet = false;
            connection.read();
        }
    }

    /** Others follow again. */
    void relieved() {
        pressed = false;
        connection.read();
    }

    /** Some of what it published is stored: it is read from again before all of it is. @param unstored bytes that aren't. */
    void catchesUp(long unstored) {
        if (ahead && connection.lane().mayOwe(2 * unstored)) {
            ahead = false;
            connection.read();
        }
    }
}
