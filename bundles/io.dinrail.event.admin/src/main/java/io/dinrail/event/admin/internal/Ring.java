package io.dinrail.event.admin.internal;

import static java.util.Objects.requireNonNull;

import io.dinrail.event.api.Gap;
import io.dinrail.event.api.RecordedReading;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The newest readings in the order they were recorded, and every consumer's place among them; safe for use by many threads. */
final class Ring {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final @Nullable RecordedReading[] slots;
    private final List<Cursor> cursors = new ArrayList<>();
    private long end;

    Ring(int capacity) {
        slots = new RecordedReading[capacity];
    }

    /** A place in the ring: the position of the next reading to take, and what was overwritten before it was taken. Guarded by the ring's lock. */
    static final class Cursor {
        private final GapList gaps = new GapList();
        private long position;
        private volatile long overrun;

        private Cursor(long position) {
            this.position = position;
        }

        /** How many readings were overwritten before they were taken, since the platform started. */
        long overrun() {
            return overrun;
        }

        @SuppressWarnings("NonAtomicVolatileUpdate") // written under the ring's lock only
        private void miss(RecordedReading overwritten) {
            gaps.add(overwritten);
            position++;
            overrun++;
        }
    }

    /** Makes a place behind the newest reading. */
    Cursor cursorAtEnd() {
        lock.lock();
        try {
            return added(new Cursor(end));
        } finally {
            lock.unlock();
        }
    }

    /** Makes a place before the first reading, that begins with gaps known from before. */
    Cursor cursorAtStart(List<Gap> known) {
        lock.lock();
        try {
            Cursor cursor = new Cursor(0);
            known.forEach(cursor.gaps::add);
            return added(cursor);
        } finally {
            lock.unlock();
        }
    }

    private Cursor added(Cursor cursor) {
        cursors.add(cursor);
        return cursor;
    }

    void remove(Cursor cursor) {
        lock.lock();
        try {
            cursors.remove(cursor);
        } finally {
            lock.unlock();
        }
    }

    void append(List<RecordedReading> readings) {
        lock.lock();
        try {
            for (RecordedReading reading : readings) {
                put(reading);
            }
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void put(RecordedReading reading) {
        int slot = slot(end);
        RecordedReading overwritten = slots[slot];
        if (overwritten != null) {
            long oldest = end - slots.length;
            for (int i = 0; i < cursors.size(); i++) {
                Cursor cursor = cursors.get(i);
                if (cursor.position == oldest) {
                    cursor.miss(overwritten);
                }
            }
        }
        slots[slot] = reading;
        end++;
    }

    private int slot(long position) {
        return (int) (position % slots.length);
    }

    /**
     * Takes what comes next and moves the place behind it; waits as long as there is nothing.
     *
     * @param ended whether to stop waiting; nothing is taken then.
     */
    Work take(Cursor cursor, int most, BooleanSupplier ended) {
        lock.lock();
        try {
            while (!ended.getAsBoolean() && cursor.gaps.isEmpty() && cursor.position == end) {
                more.awaitUninterruptibly();
            }
            return ended.getAsBoolean() ? Work.NONE : next(cursor, most);
        } finally {
            lock.unlock();
        }
    }

    private Work next(Cursor cursor, int most) {
        RecordedReading[] next = new RecordedReading[(int) Math.min(most, end - cursor.position)];
        for (int i = 0; i < next.length; i++) {
            next[i] = requireNonNull(slots[slot(cursor.position++)]);
        }
        Work work = new Work(cursor.gaps.gaps(), List.of(next));
        cursor.gaps.clear();
        return work;
    }

    /** Everything that a place has not taken, as gaps: those it has already, with or without the readings still in the ring. */
    List<Gap> untaken(Cursor cursor, boolean withReadings) {
        lock.lock();
        try {
            GapList all = new GapList();
            cursor.gaps.gaps().forEach(all::add);
            for (long position = cursor.position; withReadings && position < end; position++) {
                all.add(requireNonNull(slots[slot(position)]));
            }
            return all.gaps();
        } finally {
            lock.unlock();
        }
    }

    long lag(Cursor cursor) {
        lock.lock();
        try {
            return end - cursor.position;
        } finally {
            lock.unlock();
        }
    }

    int held() {
        lock.lock();
        try {
            return (int) Math.min(end, slots.length);
        } finally {
            lock.unlock();
        }
    }

    int capacity() {
        return slots.length;
    }

    /** Makes everyone who waits look again whether it has ended. */
    void wake() {
        lock.lock();
        try {
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
