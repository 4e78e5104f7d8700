package io.dinrail.broker.moquette.internal;

import io.dinrail.broker.front.Audience;
import io.dinrail.broker.front.Losses;
import io.dinrail.broker.front.Offices;
import io.dinrail.broker.front.Settings;
import io.dinrail.broker.front.Threads;
import io.dinrail.identity.api.Identity;
import io.dinrail.identity.api.ServerKeys;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.osgi.service.event.EventAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps an engine running on a thread of its own: opens it, tries again what could not be opened, and replaces it when its store failed. */
final class Runner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Runner.class);
    private static final int SECONDS_BETWEEN_TRIES = 10;

    /** What an engine is made of. */
    record Parts(
            Settings settings,
            Identity identity,
            Offices offices,
            ServerKeys keys,
            EventAdmin bus,
            Audience audience,
            Losses losses,
            Clock clock) {
        Engine engine() throws IOException {
            return new Engine(this);
        }
    }

    private final Parts parts;
    private final Function<Engine, Runnable> announce;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = Threads.daemon("dinrail-broker", this::run);
    private volatile Optional<Engine> serving = Optional.empty();

    /** @param announce is called with an engine that serves, and answers with what takes it back. */
    Runner(Parts parts, Function<Engine, Runnable> announce) {
        this.parts = parts;
        this.announce = announce;
    }

    void start() {
        thread.start();
    }

    Optional<Engine> serving() {
        return serving;
    }

    private void run() {
        String complaint = "";
        while (!stopped(0)) {
            try (Engine engine = parts.engine()) {
                complaint = "";
                serve(engine);
            } catch (IOException | RuntimeException | LinkageError e) {
                if (!complaint.equals(String.valueOf(e.getMessage()))) {
                    complaint = String.valueOf(e.getMessage());
                    LOG.error("the broker does not run, next try in {} s: {}", SECONDS_BETWEEN_TRIES, complaint, e);
                }
                stopped(SECONDS_BETWEEN_TRIES);
            }
        }
    }

    private void serve(Engine engine) {
        engine.open();
        serving = Optional.of(engine);
        Runnable takeBack = announce.apply(engine);
        try {
            int seconds = 0;
            while (!stopped(1) && !engine.failed()) {
                if (++seconds % SECONDS_BETWEEN_TRIES == 0) {
                    engine.open();
                }
            }
        } finally {
            serving = Optional.empty();
            takeBack.run();
        }
    }

    /** @return whether it has been told to stop, after waiting for that. */
    private boolean stopped(int seconds) {
        try {
            return stop.await(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return true; // nobody but this bundle knows the thread
        }
    }

    /** Never interrupts: an interrupted write would break the store. */
    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
