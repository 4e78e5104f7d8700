package io.dinrail.event.admin.internal;

import io.dinrail.event.api.Gap;
import io.dinrail.event.api.ReadingConsumer;
import io.dinrail.event.api.RecordedReading;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

/** Remembers what it is handed, in the order it comes; can be told to wait or to throw. */
final class Collector implements ReadingConsumer {
    /** Readings and gaps as texts: {@code a:5} and {@code a:5-7}. */
    final List<String> seen = new CopyOnWriteArrayList<>();

    final Semaphore calls = new Semaphore(0);
    final Semaphore permits = new Semaphore(1_000_000);
    volatile boolean throwing;
    volatile boolean stubborn;

    @Override
    public void accept(List<RecordedReading> readings) throws Exception {
        calls.release();
        if (stubborn) {
            permits.acquireUninterruptibly();
        } else {
            permits.acquire();
        }
        if (throwing) {
            throw new IllegalStateException("out of order");
        }
        readings.forEach(recorded ->
                seen.add(recorded.reading().tag().device() + ":" + recorded.seq() + (recorded.resumed() ? "!" : "")));
    }

    @Override
    public void lost(Gap gap) {
        seen.add(gap.device() + ":" + gap.from() + "-" + gap.to());
    }

    /** Makes the next call wait for {@link #open()}. */
    void shut() {
        permits.drainPermits();
    }

    void open() {
        permits.release(1_000_000);
    }
}
