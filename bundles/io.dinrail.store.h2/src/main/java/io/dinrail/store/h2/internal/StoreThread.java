package io.dinrail.store.h2.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread {@code dinrail-store}: opens the database, serves the tenants that come, and closes the database at the end. It is never interrupted;
 * it waits on its own monitor only, and ends after the statement in hand.
 */
final class StoreThread extends Thread {
    private static final Logger LOG = LoggerFactory.getLogger(StoreThread.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Path folder;
    private final Duration firstPause;
    private final Set<Tenant> waiting = new HashSet<>();
    private boolean ending;
    private String complaint = "";

    StoreThread(Path folder) {
        this(folder, FIRST_PAUSE);
    }

    StoreThread(Path folder, Duration firstPause) {
        super("dinrail-store");
        setDaemon(true);
        this.folder = folder;
        this.firstPause = firstPause;
    }

    /** Serves a tenant as soon as the database is open. */
    synchronized void serve(Tenant tenant) {
        waiting.add(tenant);
        notifyAll();
    }

    /** Forgets a tenant that was not served yet. */
    synchronized void forget(Tenant tenant) {
        waiting.remove(tenant);
    }

    /**
     * Asks the thread to close the database and waits for it.
     *
     * @return whether it ended in time.
     */
    boolean end(Duration patience) {
        synchronized (this) {
            ending = true;
            notifyAll();
        }
        try {
            join(patience.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !isAlive();
    }

    @Override
    public void run() {
        DatabaseFile database = open();
        if (database == null) {
            return;
        }
        try {
            serveAll(database);
        } finally {
            close(database);
        }
    }

    private @Nullable DatabaseFile open() {
        Duration pause = firstPause;
        while (!isEnding()) {
            try {
                DatabaseFile database = DatabaseFile.open(folder);
                LOG.info("The store {} is open.", folder);
                complaint = "";
                return database;
            } catch (IOException | SQLException | RuntimeException e) {
                complain(Sentences.cannotOpen(folder, e), e);
            }
            pause(pause);
            pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
        }
        return null;
    }

    private void serveAll(DatabaseFile database) {
        Duration pause = firstPause;
        while (!isEnding()) {
            List<Tenant> failed = new ArrayList<>();
            for (Tenant tenant : awaitTenants()) {
                try {
                    tenant.serve(database);
                } catch (IOException | SQLException | RuntimeException e) {
                    complain(
                            "The store " + folder + " cannot serve the schema of " + tenant + ": " + Sentences.of(e)
                                    + ". Trying again until it works.",
                            e);
                    failed.add(tenant);
                }
            }
            if (failed.isEmpty()) {
                pause = firstPause;
                complaint = "";
            } else {
                pause(pause);
                pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
                failed.forEach(tenant -> {
                    if (!tenant.isGone()) {
                        serve(tenant);
                    }
                });
            }
        }
    }

    private synchronized List<Tenant> awaitTenants() {
        while (waiting.isEmpty() && !ending) {
            waitFor(0);
        }
        List<Tenant> next = ending ? List.of() : List.copyOf(waiting);
        waiting.clear();
        return next;
    }

    private synchronized void pause(Duration pause) {
        if (!ending) {
            waitFor(pause.toMillis());
        }
    }

    /** Ends early at any notification, which is right for both callers. */
    private synchronized void waitFor(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException e) {
            // Nobody but a stranger interrupts this thread, and a stranger doesn't end it.
            LOG.debug("interrupted and going on", e);
        }
    }

    private synchronized boolean isEnding() {
        return ending;
    }

    private void complain(String sentence, Exception failure) {
        if (!sentence.equals(complaint)) {
            complaint = sentence;
            LOG.error(sentence);
            LOG.debug("the failure in full", failure);
        }
    }

    private void close(DatabaseFile database) {
        try {
            database.close();
            LOG.info("The store {} is closed.", folder);
        } catch (SQLException | RuntimeException e) {
            LOG.warn("The store {} did not close cleanly: {}; the next start recovers it.", folder, Sentences.of(e));
        }
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
