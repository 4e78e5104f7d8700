package io.dinrail.southbound.internal;

import io.dinrail.connector.api.ConnectorException;
import io.dinrail.connector.api.ConnectorException.Reason;
import io.dinrail.connector.api.ConnectorType;
import io.dinrail.model.api.Quality;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that serves an instance, from the making of its connector until it is stopped, refused or given up. */
final class Worker {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    /** A connection that lasted so long is a good one. */
    private static final Duration CALM = Duration.ofMinutes(1);

    private final InstanceContext context;
    private final ConnectorMaker maker;
    private final TagLoader loader;
    private final AtomicReference<@Nullable CfgSource> lastGood;
    private final CallWatch watch;
    private final Thread thread;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final AtomicReference<@Nullable CfgSource> exchange = new AtomicReference<>();
    private List<CfgSource> candidates;
    private volatile ConnectorMaker.@Nullable Made made;
    private Backoff backoff;
    private Backoff afterFlood;
    private long servingSince;
    private volatile @Nullable ServeLoop loop;
    private volatile Duration hangAfter = Duration.ofSeconds(60);
    private volatile boolean reload;
    private volatile boolean retry;
    private volatile boolean stopping;
    private volatile boolean abandoned;
    private volatile boolean held;
    private volatile boolean tellTags;
    private volatile String stopReason = "";

    /**
     * @param wanted the configuration to run.
     * @param lastGood the one that ran before, in case the other is refused; set to the one that runs.
     */
    Worker(
            InstanceContext context,
            ConnectorType type,
            TagLoader loader,
            CfgSource wanted,
            AtomicReference<@Nullable CfgSource> lastGood) {
        this.context = context;
        this.watch = new CallWatch(context.time());
        this.maker = new ConnectorMaker(type, context, watch);
        this.loader = loader;
        this.lastGood = lastGood;
        this.candidates = new ArrayList<>(List.of(wanted));
        Optional.ofNullable(lastGood.get()).filter(good -> !good.equals(wanted)).ifPresent(candidates::add);
        this.backoff = new Backoff(Duration.ofSeconds(30), context.random());
        this.afterFlood = backoff;
        this.thread = new Thread(this::run, "dinrail-connector-" + context.name());
        thread.setDaemon(true);
        thread.setContextClassLoader(type.getClass().getClassLoader());
    }

    void start() {
        thread.start();
    }

    /** Asks it to end. @param tell whether its tags go bad. */
    void stop(String reason, boolean tell) {
        tellTags = tell;
        stopReason = reason;
        stopping = true;
        context.mailbox().wake();
    }

    void interrupt() {
        thread.interrupt();
    }

    /** Gives the thread up: whatever it still does has no effect. */
    void abandon(String reason) {
        abandoned = true;
        thread.interrupt();
        ServeLoop hanging = loop;
        if (hanging != null) {
            hanging.abandon();
        }
        context.disconnect(reason);
    }

    /** Hands over another configuration; the old one keeps running if it is refused. */
    void exchange(CfgSource next) {
        exchange.set(next);
        context.mailbox().wake();
    }

    /** @return whether a configuration was handed over that it has not looked at. */
    boolean hasNews() {
        return exchange.get() != null;
    }

    void reloadTags() {
        reload = true;
        context.mailbox().wake();
    }

    /** @return completed when the thread has ended by itself. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    boolean isStopping() {
        return stopping;
    }

    /** @return whether it ended for a reason that a new start would not mend. */
    boolean isHeld() {
        return held;
    }

    /** @return what hangs, if a call into the connector takes too long. */
    Optional<String> hung() {
        return watch.hung(hangAfter);
    }

    /** @return the connector at work; empty if there is none. */
    Optional<Session<?>> session() {
        ConnectorMaker.Made current = made;
        return current == null ? Optional.empty() : Optional.of(current.session());
    }

    /** What it waits for may have happened: it tries again at once. */
    void retry() {
        retry = true;
        context.mailbox().wake();
    }

    String threadName() {
        return thread.getName();
    }

    private boolean active() {
        return !stopping && !abandoned;
    }

    private void run() {
        try {
            while (active() && live()) {
                // each round is one connection, or one try
            }
        } finally {
            finish();
        }
    }

    private void finish() {
        Thread.interrupted(); // our own, to end what blocked; closing may have to wait a little
        closeSession();
        if (!abandoned) {
            context.disconnect(stopReason);
            if (stopping && tellTags) {
                context.board().lose(Quality.COMM_FAILURE);
            }
            if (stopping) {
                context.life().stopped(stopReason);
            }
        }
        ended.complete(null);
    }

    /** One connection from its making to its loss. @return whether there is another. */
    private boolean live() {
        try {
            ConnectorMaker.Made kept = made;
            ConnectorMaker.Made current = kept == null ? create() : kept;
            return current != null && serve(current);
        } catch (ConnectorException e) {
            return active() && lost(e);
        } catch (InterruptedException e) {
            return active(); // somebody's stray interrupt; ours come with a reason that active() knows
        } catch (RuntimeException | Error e) {
            return active() && crashed(e);
        }
    }

    private boolean serve(ConnectorMaker.Made current) throws ConnectorException, InterruptedException {
        ServeLoop connected = new ServeLoop(context, current, this::active);
        current.session().open();
        loop = connected;
        connected.begin();
        backoff.reset();
        servingSince = context.time().nanos();
        while (active()) {
            if (exchanged()) {
                return true;
            }
            if (reloaded()) {
                connected.tagsChanged();
            }
            connected.turn();
        }
        return false;
    }

    private ConnectorMaker.@Nullable Made create() {
        List<String> refused = new ArrayList<>();
        for (CfgSource cfg : candidates) {
            try {
                adopt(maker.make(cfg), refused);
                return made;
            } catch (CfgRefused e) {
                refused.addAll(refused.isEmpty() ? e.problems() : List.of());
            }
        }
        context.problems().settings(refused);
        if (active()) {
            hold(String.join("; ", refused), Quality.CONFIG_ERROR, context.life()::failed);
        }
        return null;
    }

    private void adopt(ConnectorMaker.Made next, List<String> refused) {
        closeSession();
        if (!active()) {
            next.session().close(); // making it took so long that this thread was given up
            return;
        }
        made = next;
        candidates = List.of(next.cfg());
        lastGood.set(next.cfg());
        hangAfter = next.settings().hangAfter();
        backoff = new Backoff(next.settings().backoffMax(), context.random());
        afterFlood = new Backoff(next.settings().backoffMax(), context.random());
        context.problems().settings(lastGoodRuns(refused));
        reload = false;
        loader.load(next);
    }

    /** @return whether there is another connector now, so that the connection must be made anew. */
    private boolean exchanged() {
        CfgSource next = exchange.getAndSet(null);
        if (next == null) {
            return false;
        }
        ConnectorMaker.Made current = made;
        if (current != null && current.cfg().sameAs(next)) {
            context.problems().settings(List.of());
            return false;
        }
        try {
            ConnectorMaker.Made better = maker.make(next);
            context.disconnect("its configuration changes");
            adopt(better, List.of());
            return true;
        } catch (CfgRefused e) {
            context.problems().settings(lastGoodRuns(e.problems()));
        } catch (RuntimeException e) {
            LOG.error("{}: the connector failed on its new configuration", context.name(), e);
            context.problems().settings(lastGoodRuns(List.of(next.pid() + ": the connector failed on it: " + e)));
        }
        return false;
    }

    private static List<String> lastGoodRuns(List<String> problems) {
        return problems.stream()
                .map(problem -> problem + "; the last good configuration runs")
                .toList();
    }

    private boolean reloaded() {
        ConnectorMaker.Made current = made;
        if (!reload || current == null) {
            return false;
        }
        reload = false;
        loader.load(current);
        return true;
    }

    private boolean lost(ConnectorException e) {
        String reason = String.valueOf(e.getMessage());
        LOG.debug("{}", context.name(), e);
        boolean cutOff = session().filter(Session::wasCutOff).isPresent();
        context.lastError().note(reason);
        context.disconnect(reason);
        closeConnection();
        if (e.reason() == Reason.CONFIG) {
            hold(reason, Quality.CONFIG_ERROR, context.life()::failed);
            return false;
        }
        context.life().lost(reason);
        context.board().lose(Quality.COMM_FAILURE);
        return waited(cutOff ? floodWait() : backoff.next());
    }

    /** Who floods once more soon after it was let in again waits longer each time. */
    private Duration floodWait() {
        if (context.time().passed(servingSince, CALM)) {
            afterFlood.reset();
        }
        return afterFlood.next();
    }

    private boolean crashed(Throwable e) {
        String reason = "the connector crashed: " + e;
        LOG.error("{}: the connector crashed and is made anew", context.name(), e);
        context.lastError().note(reason);
        context.disconnect(reason);
        closeSession();
        context.counters().add(Counter.RESTARTS, 1);
        if (context.crashes().oneMore()) {
            hold(tooOften(reason), Quality.COMM_FAILURE, context.life()::quarantined);
            return false;
        }
        context.life().lost(reason);
        context.board().lose(Quality.COMM_FAILURE);
        return waited(backoff.next());
    }

    static String tooOften(String reason) {
        return reason + " (" + Crashes.MOST + " times within " + Crashes.WITHIN.toMinutes() + " minutes)";
    }

    private void hold(String reason, String status, Consumer<String> state) {
        held = true;
        context.board().lose(status);
        state.accept(reason);
    }

    /** Waits before the next try, but not for news that may mend it. */
    private boolean waited(Duration wait) {
        retry = false;
        long until = context.time().nanos() + wait.toNanos();
        while (active() && until - context.time().nanos() > 0) {
            try {
                context.mailbox().await(until - context.time().nanos());
                if (exchanged() || retry) {
                    break;
                }
                if (reloaded()) {
                    context.board().lose(Quality.COMM_FAILURE);
                }
            } catch (InterruptedException e) {
                break; // active() knows whether that was meant for us
            }
        }
        return active();
    }

    private void closeConnection() {
        session().ifPresent(Session::close);
    }

    private void closeSession() {
        closeConnection();
        made = null;
        loop = null;
    }
}
