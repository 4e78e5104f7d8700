package io.dinrail.broker.moquette.internal;

import static java.util.Objects.requireNonNull;

import io.dinrail.broker.front.Threads;
import io.dinrail.identity.api.Organisation;
import io.moquette.broker.MoquetteCore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The engines, one for each organisation with a file of its own, so that topics, retained messages, sessions, client ids and shared groups of two of them can't
 * meet. The default organisation's is open from the beginning, another's from its first login. Safe for use by many threads.
 */
final class Spaces implements AutoCloseable {
    private static final int LOGINS_WAITING = 10_000;
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** Opens an organisation's engine. */
    interface Opener {
        /** @throws IOException if its store can't be opened now; one sentence for the operator. */
        MoquetteCore open(String organisation, Path file) throws IOException;
    }

    private final Path folder;
    private final Opener opener;
    private final Map<String, MoquetteCore> open = new ConcurrentHashMap<>();
    private final ExecutorService porter = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(LOGINS_WAITING),
            task -> Threads.daemon("dinrail-broker-open", task));
    private boolean closed;

    /** @throws IOException if the default organisation's can't be opened now. */
    Spaces(Path folder, Opener opener) throws IOException {
        this.folder = folder;
        this.opener = opener;
        try {
            opened(Organisation.DEFAULT);
        } catch (IOException | RuntimeException e) {
            porter.shutdownNow();
            throw e;
        }
    }

    MoquetteCore main() {
        return requireNonNull(open.get(Organisation.DEFAULT));
    }

    /** @return an organisation's engine, at once if it is open; failed if it can't be opened now. */
    CompletableFuture<MoquetteCore> of(String organisation) {
        MoquetteCore core = open.get(organisation);
        if (core != null) {
            return CompletableFuture.completedFuture(core);
        }
        CompletableFuture<MoquetteCore> opening = new CompletableFuture<>();
        try {
            porter.execute(() -> open(organisation, opening));
        } catch (RuntimeException e) { // full, or stopping
            opening.completeExceptionally(e);
        }
        return opening;
    }

    private void open(String organisation, CompletableFuture<MoquetteCore> opening) {
        try {
            opening.complete(opened(organisation));
        } catch (IOException | RuntimeException | LinkageError e) {
            opening.completeExceptionally(e);
        }
    }

    private synchronized MoquetteCore opened(String organisation) throws IOException {
        MoquetteCore core = open.get(organisation);
        if (core == null) {
            if (closed) {
                throw new IOException("the broker is stopping");
            }
            core = opener.open(organisation, file(organisation));
            open.put(organisation, core);
        }
        return core;
    }

    private Path file(String organisation) throws IOException {
        if (!FILE_NAME.matcher(organisation).matches()) {
            throw new IOException(
                    "an organisation's id has letters, digits, - and _ only, unlike '" + organisation + "'");
        }
        return folder.resolve(
                organisation.equals(Organisation.DEFAULT) ? "sessions.mv" : "sessions-" + organisation + ".mv");
    }

    /** Ends the sessions of a login name that are not connected; blocks if their engine must be opened for that. */
    void forget(String organisation, String login) throws IOException {
        if (open.containsKey(organisation) || Files.exists(file(organisation))) {
            opened(organisation).forget(login);
        }
    }

    private Collection<MoquetteCore> all() {
        return open.values();
    }

    /** Takes at most some seconds. */
    @Override
    public void close() {
        porter.shutdownNow();
        synchronized (this) {
            closed = true;
        }
        RuntimeException failed = null;
        for (MoquetteCore core : all()) {
            try {
                core.close();
            } catch (RuntimeException e) { // a full disk; the others have threads to end too
                failed = e;
            }
        }
        if (failed != null) {
            throw failed;
        }
    }
}
