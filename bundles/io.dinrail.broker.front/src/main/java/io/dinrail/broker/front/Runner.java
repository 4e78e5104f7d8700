package io.dinrail.broker.front;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an engine running on a thread of its own: opens it, tries again what could not be opened, and replaces it when its store failed.
 *
 * @param <E> the kind of engine.
 */
public final class Runner<E extends BrokerEngine> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Runner.class);
    private static final int SECONDS_BETWEEN_TRIES = 10;

    private final Parts parts;
    private final BrokerEngine.Maker<E> maker;
    private final Function<? super E, Runnable> announce;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = Threads.daemon("dinrail-broker", this::run);
    private volatile Optional<E> serving = Optional.empty();

    /**
     * Begins with {@link #start}.
     *
     * @param parts what each engine stands on.
     * @param maker makes them.
     * @param announce is called with an engine that serves, and answers with what takes it back.
     */
    public Runner(Parts parts, BrokerEngine.Maker<E> maker, Function<? super E, Runnable> announce) {
        this.parts = parts;
        this.maker = maker;
        this.announce = announce;
    }

    /** Makes the first engine, on a thread of its own. */
    public void start() {
        thread.start();
    }

    /**
     * Gives the engine.
     *
     * @return the one that serves now.
     */
    public Optional<E> serving() {
        return serving;
    }

    private void run() {
        String complaint = "";
        while (!stopped(0)) {
            try (E engine = maker.make(parts)) {
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

    private void serve(E engine) {
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
