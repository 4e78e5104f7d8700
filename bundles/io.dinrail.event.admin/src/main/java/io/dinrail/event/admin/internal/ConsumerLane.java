package io.dinrail.event.admin.internal;

import io.dinrail.event.api.Gap;
import io.dinrail.event.api.Journal.ConsumerStatus;
import io.dinrail.event.api.ReadingConsumer;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A consumer's place by its name, whether the consumer is there or away. Guarded by {@link ConsumerPlaces}, except where it says otherwise. */
final class ConsumerLane {
    private final String name;
    private final Ring.Cursor cursor;
    private final Counters counters;
    private final Deque<ReadingConsumer> waiting = new ArrayDeque<>();
    private volatile Hand inHand = new Hand(Work.NONE);
    private volatile @Nullable Delivery delivery;
    private boolean gapsOnFile;
    private long overrunReported;

    ConsumerLane(String name, Ring.Cursor cursor, Clock clock) {
        this.name = name;
        this.cursor = cursor;
        this.counters = new Counters(new AtomicLong(), new AtomicLong(), new AtomicLong(), new Occasional(clock));
    }

    /**
     * What happened since the platform started; safe for use by many threads.
     *
     * @param delivered readings taken.
     * @param lost readings told to be lost.
     * @param failures times that the consumer threw.
     * @param log when to speak of trouble again.
     */
    record Counters(AtomicLong delivered, AtomicLong lost, AtomicLong failures, Occasional log) {}

    String name() {
        return name;
    }

    Ring.Cursor cursor() {
        return cursor;
    }

    Counters counters() {
        return counters;
    }

    Deque<ReadingConsumer> waiting() {
        return waiting;
    }

    @Nullable
    Delivery delivery() {
        return delivery;
    }

    /** Where the next delivery keeps what it has in hand. A delivery that hangs and was given up keeps its own, so that it cannot disturb this. */
    Hand takeOver() {
        inHand = new Hand(inHand.work());
        return inHand;
    }

    void present(Delivery started) {
        delivery = started;
    }

    void absent() {
        delivery = null;
    }

    boolean isPresent() {
        return delivery != null;
    }

    /** What the consumer has not been given, of which the readings stay deliverable as long as the platform runs. */
    List<Gap> missed(Ring ring, boolean withReadings) {
        Work work = inHand.work();
        GapList all = new GapList();
        (withReadings ? work.lost() : work).gaps().forEach(all::add);
        ring.untaken(cursor, withReadings).forEach(all::add);
        return all.gaps();
    }

    boolean hasGapsOnFile() {
        return gapsOnFile;
    }

    void setGapsOnFile(boolean onFile) {
        gapsOnFile = onFile;
    }

    /** Readings overwritten since this was last reported; nothing if that was less than a minute ago. Safe for one thread at a time. */
    long overrunToReport() {
        long fresh = cursor.overrun() - overrunReported;
        if (fresh == 0 || !counters.log().isDue()) {
            return 0;
        }
        overrunReported += fresh;
        return fresh;
    }

    ConsumerStatus status(Ring ring) {
        long lag = ring.lag(cursor) + inHand.work().readings().size();
        return new ConsumerStatus(
                name,
                isPresent(),
                counters.delivered().get(),
                lag,
                counters.lost().get(),
                counters.failures().get());
    }
}
