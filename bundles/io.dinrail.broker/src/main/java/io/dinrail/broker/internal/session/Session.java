package io.dinrail.broker.internal.session;

import io.dinrail.broker.internal.protocol.Will;
import io.dinrail.messaging.api.Traffic;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What the broker remembers of one client, from its first connection to the end of its session. Changed by the holder of its seat; what other lanes need to
 * know is volatile or counted atomically.
 */
final class Session {
    private final Realm realm;
    private final Seat seat;
    private final long number;
    private final long issued;
    /** The filters as they were asked for, shared ones with their {@code $share}, with the packed {@link Wish}. */
    private final Map<String, Long> wishes = new HashMap<>(4);

    private final BitSet received = new BitSet(0);
    private final AtomicInteger queued = new AtomicInteger();
    private final AtomicLong queuedBytes = new AtomicLong();
    private volatile @Nullable Connection connection;
    private volatile int filters;
    /** Places below are on stable storage. */
    private final AtomicLong readyTo = new AtomicLong();
    /** Places below are in the hands of a connection. */
    private volatile long loadedTo;
    /** Places below may have left. */
    private long sentTo;
    /** Places below may have left before a restart. */
    private long guessedTo;

    private long expiry;
    private long leftAt;
    private boolean leftByCrash;
    private @Nullable Will will;
    private long willDue;
    private @Nullable Future<?> alarm;
    // Made with the first message, so that those who are only there have none.
    private volatile @Nullable Meter meter;
    private volatile long endedAt = Long.MAX_VALUE;

    /** @param number in the store; 0 for a session that ends with its connection. */
    Session(Realm realm, Seat seat, long number, long issued) {
        this.realm = realm;
        this.seat = seat;
        this.number = number;
        this.issued = issued;
    }

    Realm realm() {
        return realm;
    }

    Seat seat() {
        return seat;
    }

    String clientId() {
        return seat.clientId();
    }

    long number() {
        return number;
    }

    /** Whether it outlives its connection, and is in the store. */
    boolean isKept() {
        return number != 0;
    }

    /** When its owner's credential was issued, in milliseconds since 1970: another of the same name doesn't inherit it. */
    long issued() {
        return issued;
    }

    /** The filters; safe from any thread. */
    List<String> filters() {
        synchronized (wishes) {
            return wishes.keySet().stream().sorted().toList();
        }
    }

    /** Others only look at it through {@link #filters}; changed under its own lock. */
    Map<String, Long> wishes() {
        return wishes;
    }

    void wishesChanged() {
        filters = wishes.size();
    }

    /** Whether several of its filters may match one topic. */
    boolean mayOverlap() {
        return filters > 1;
    }

    /** The packet ids of QoS 2 that were taken and not released. */
    BitSet received() {
        return received;
    }

    @Nullable
    Connection connection() {
        return connection;
    }

    void connection(@Nullable Connection now) {
        connection = now;
    }

    long readyTo() {
        return readyTo.get();
    }

    /** Never goes back: lanes tell their places in the order they get to it, and what is stored below the highest is stored. */
    void readyTo(long place) {
        readyTo.accumulateAndGet(place, Math::max);
    }

    long loadedTo() {
        return loadedTo;
    }

    void loadedTo(long place) {
        loadedTo = place;
    }

    long sentTo() {
        return sentTo;
    }

    void sentTo(long place) {
        sentTo = Math.max(sentTo, place);
    }

    long guessedTo() {
        return guessedTo;
    }

    /** A restart doesn't know what had left: what comes first goes as if it had. */
    void guess(long place) {
        guessedTo = place;
        sentTo = place;
        loadedTo = place;
    }

    int queued() {
        return queued.get();
    }

    long queuedBytes() {
        return queuedBytes.get();
    }

    void waits(int messages, long bytes) {
        queued.addAndGet(messages);
        queuedBytes.addAndGet(bytes);
    }

    void gone(int messages, long bytes) {
        queued.addAndGet(-messages);
        queuedBytes.accumulateAndGet(
                bytes, (have, less) -> Math.max(0, have - less)); // what a restart found has no known size
    }

    /** Seconds that it stays when its client is gone. */
    long expiry() {
        return expiry;
    }

    void expiry(long seconds) {
        expiry = seconds;
    }

    /** When its client left, in milliseconds since 1970; 0 while it is there. */
    long leftAt() {
        return leftAt;
    }

    void leftAt(long time) {
        leftAt = time;
        leftByCrash = false;
    }

    /** It was the broker that left: from here on, its client has the time it would have had. */
    void lostAt(long time) {
        leftAt = time;
        leftByCrash = true;
    }

    boolean isLeftByCrash() {
        return leftByCrash;
    }

    Optional<Will> will() {
        return Optional.ofNullable(will);
    }

    void will(Optional<Will> last) {
        will = last.orElse(null);
    }

    /** When its will is to be published, in milliseconds since 1970, should its client not be back by then. */
    long willDue() {
        return willDue;
    }

    void willDue(long time) {
        willDue = time;
    }

    /** Sets what wakes the timekeeper, and answers what did before. */
    Optional<Future<?>> alarm(@Nullable Future<?> next) {
        Optional<Future<?>> before = Optional.ofNullable(alarm);
        alarm = next;
        return before;
    }

    /** To be called on the lane of its connection. */
    Meter meter() {
        Meter known = meter;
        if (known == null) {
            known = new Meter();
            meter = known;
        }
        return known;
    }

    /** What its client published and was sent; safe from any thread. */
    Traffic traffic() {
        Meter known = meter;
        return known == null ? Traffic.NONE : known.traffic();
    }

    /** Whether it had ended when something took this place in its queue, so that nobody has seen to it. */
    boolean hadEndedAt(long place) {
        return place >= endedAt;
    }

    void endedAt(long place) {
        endedAt = place;
    }
}
