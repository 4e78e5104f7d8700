package io.dinrail.messaging.bridge.internal;

import io.dinrail.event.api.ReadingIntake;
import io.dinrail.model.api.Reading;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds the bus's intake while there is one, and hands readings over as soon as it takes them; safe for use by many threads. */
final class IntakeSlot {
    private static final Logger LOG = LoggerFactory.getLogger(IntakeSlot.class);
    private static final long FIRST_PAUSE_MS = 100;
    private static final long LONGEST_PAUSE_MS = 5_000;

    private Optional<ReadingIntake> intake = Optional.empty();

    synchronized void put(ReadingIntake arrived) {
        intake = Optional.of(arrived);
        notifyAll();
    }

    synchronized void remove(ReadingIntake gone) {
        if (intake.filter(held -> held == gone).isPresent()) {
            intake = Optional.empty();
        }
    }

    synchronized boolean isEmpty() {
        return intake.isEmpty();
    }

    /** Waits for as long as the bus is away or can't number readings; what comes in meanwhile waits in the queue in front, which is bounded. */
    void record(List<Reading> readings) throws InterruptedException {
        long pause = FIRST_PAUSE_MS;
        while (!taken(readings, pause)) {
            pauseFor(pause);
            pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
        }
    }

    private boolean taken(List<Reading> readings, long pause) throws InterruptedException {
        try {
            await().record(readings);
            return true;
        } catch (IllegalStateException e) {
            if (pause == FIRST_PAUSE_MS) {
                LOG.warn("telemetry waits: {}", e.getMessage());
            }
            return false;
        }
    }

    private synchronized ReadingIntake await() throws InterruptedException {
        while (intake.isEmpty()) {
            wait();
        }
        return intake.orElseThrow();
    }

    @SuppressWarnings("WaitNotInLoop") // a pause: waking early only means trying early
    private synchronized void pauseFor(long millis) throws InterruptedException {
        wait(millis);
    }
}
