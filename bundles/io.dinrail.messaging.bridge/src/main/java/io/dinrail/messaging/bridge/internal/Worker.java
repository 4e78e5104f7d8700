package io.dinrail.messaging.bridge.internal;

import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one step again and again on a thread of its own until it is stopped. */
final class Worker {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final Duration STOP_BOUND = Duration.ofSeconds(4);

    /** One step; waits until there is something to do, and counts itself what it loses. */
    interface Step {
        void run() throws InterruptedException;
    }

    private final LossTally failures = new LossTally(Clock.systemUTC());
    private final Thread thread;

    Worker(String name, Step step) {
        thread = new Thread(() -> loop(step), name);
        thread.setDaemon(true);
        thread.start();
    }

    void stop() {
        thread.interrupt();
        try {
            thread.join(STOP_BOUND.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void loop(Step step) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                step.run();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | Error e) {
                // an Error too, such as that of a bundle half gone: nobody would do the work if this thread died of it
                if (failures.count("step")) {
                    LOG.error("{}: a step failed", thread.getName(), e);
                }
            }
        }
    }
}
