package io.dinrail.southbound.internal;

import io.dinrail.connector.api.ConnectorStatus;
import io.dinrail.connector.api.ConnectorType;
import io.dinrail.connector.api.LaneStatus;
import io.dinrail.model.api.Quality;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One configured connector: decides whether a worker runs, and replaces one that hangs. For the host's thread, but for the status. */
final class Instance {
    private static final Logger LOG = LoggerFactory.getLogger(Instance.class);
    /** How long a worker may take to end by itself, and then to end when interrupted. */
    private static final Duration PATIENCE = Duration.ofMillis(1_000);

    private static final Duration LAST = Duration.ofMillis(3_500);

    private final String type;
    private final InstanceContext context;
    private final TagLoader loader;
    private final Executor host;
    private final AtomicReference<@Nullable CfgSource> lastGood = new AtomicReference<>();
    private volatile CfgSource wanted;
    private volatile @Nullable ConnectorType service;
    private volatile @Nullable Worker worker;
    private long stoppingSince;
    private boolean stoppedByHand;
    private boolean held;
    private boolean removed;
    private boolean shutDown;
    private boolean again;

    Instance(String type, InstanceContext context, TagLoader loader, CfgSource wanted, Executor host) {
        this.type = type;
        this.context = context;
        this.loader = loader;
        this.wanted = wanted;
        this.host = host;
    }

    String pid() {
        return wanted.pid();
    }

    String type() {
        return type;
    }

    InstanceContext context() {
        return context;
    }

    ConnectorStatus status() {
        LifeCycle.View view = context.life().view();
        TagBoard.Counts tags = context.board().counts();
        return new ConnectorStatus(
                context.name(),
                type,
                view.state(),
                view.reason(),
                view.since(),
                tags.tags(),
                tags.good(),
                tags.bad(),
                tags.stale(),
                counters(),
                context.problems().all(),
                context.lastError().last().sentence(),
                context.lastError().last().moment(),
                lanes(),
                facts());
    }

    private Map<String, Long> counters() {
        Map<String, Long> counters = context.counters().view();
        int reports = session().map(Session::waitingReports).orElse(0);
        counters.put(
                "queue",
                (long) context.mailbox().size() + reports + context.board().waiting());
        return counters;
    }

    /** @return the connector at work; empty if there is none. */
    Optional<Session<?>> session() {
        Worker current = worker;
        return current == null ? Optional.empty() : current.session();
    }

    /** @return the configuration that runs, or that is to run; for any thread. */
    CfgSource cfg() {
        CfgSource good = lastGood.get();
        return good == null ? wanted : good;
    }

    /** @return the service that makes its connectors; empty while its bundle is away; for any thread. */
    Optional<ConnectorType> service() {
        return Optional.ofNullable(service);
    }

    Path tagsFile() {
        return loader.file(cfg());
    }

    /** The tags file was replaced. */
    void reloadTags() {
        Worker current = worker;
        if (current != null) {
            current.reloadTags();
        }
    }

    /** What it waits for may have happened. */
    void retry() {
        Worker current = worker;
        if (current != null) {
            current.retry();
        }
    }

    private List<LaneStatus> lanes() {
        return session().map(session -> session.lanes().shown()).orElse(List.of());
    }

    private Map<String, String> facts() {
        try {
            return session().map(session -> Facts.of(session.shown())).orElse(Map.of());
        } catch (RuntimeException e) {
            LOG.error("{}: the connector failed on showing itself", context.name(), e);
            return Map.of();
        }
    }

    void configure(CfgSource next) {
        boolean same = wanted.sameAs(next);
        wanted = next;
        if (same && !held) {
            return;
        }
        held = false;
        context.crashes().forget();
        if (worker != null && !worker.isStopping()) {
            worker.exchange(next);
        }
        reconcile();
    }

    /** The type's service came. */
    void serve(ConnectorType came) {
        service = came;
        stoppedByHand = false;
        held = false;
        context.crashes().forget();
        reconcile();
    }

    /** The type's service went. @return completed when nothing of the instance uses it any more. */
    CompletableFuture<Void> unserve() {
        service = null;
        reconcile();
        return worker == null ? CompletableFuture.completedFuture(null) : worker.ended();
    }

    void start() {
        stoppedByHand = false;
        held = false;
        again = true;
        context.crashes().forget();
        reconcile();
    }

    void stop() {
        stoppedByHand = true;
        reconcile();
    }

    /** Its configuration was deleted. */
    void remove() {
        removed = true;
        reconcile();
        context.dropWrites();
        loader.forget();
    }

    /** The platform stops. @return completed when it has ended. */
    CompletableFuture<Void> shutDown() {
        removed = true;
        shutDown = true;
        return unserve();
    }

    boolean isAtRest() {
        return worker == null;
    }

    /** Looks after the worker, the tags' silence and waiting readings. @param files whether to look at files as well. */
    void tick(boolean files) {
        Worker current = worker;
        if (current != null && current.isStopping()) {
            hurry(current);
        } else if (current != null) {
            current.hung().ifPresent(call -> replace(current, call));
            if (files && loader.changed()) {
                current.reloadTags();
            }
        }
        context.board().sweep();
        context.expireWrites();
    }

    private void reconcile() {
        if (worker == null && shouldRun()) {
            begin();
        } else if (worker == null && !heldOnly()) {
            context.life().stopped(whyNot());
            if (stoppedByHand) {
                context.board().lose(Quality.COMM_FAILURE);
            }
        } else if (worker != null && !shouldRun() && !worker.isStopping()) {
            stoppingSince = context.time().nanos();
            worker.stop(whyNot(), stoppedByHand);
        }
    }

    private boolean shouldRun() {
        return service != null && !stoppedByHand && !held && !removed;
    }

    /** Failed or in quarantine, and nobody stopped it: that state is to stay. */
    private boolean heldOnly() {
        return held && service != null && !stoppedByHand && !removed;
    }

    private String whyNot() {
        if (removed) {
            return shutDown ? "the platform lets it go" : "its configuration was removed";
        }
        return service == null ? "the " + type + " connector's bundle is away" : "stopped by hand";
    }

    private void begin() {
        if (service == null) {
            return;
        }
        context.life().starting();
        launch(service);
    }

    private void launch(ConnectorType with) {
        Worker next = new Worker(context, with, loader, wanted, lastGood);
        worker = next;
        again = false;
        next.ended().thenRunAsync(() -> ended(next), host);
        next.start();
    }

    private void ended(Worker which) {
        if (worker == which) {
            worker = null;
            // asked to run again, or given another configuration, while it ended: what held it no longer counts
            held = which.isHeld() && !which.isStopping() && !which.hasNews() && !again;
            reconcile();
        }
    }

    private void hurry(Worker current) {
        if (context.time().passed(stoppingSince, LAST)) {
            LOG.error("{}: its thread {} does not end and is given up", context.name(), current.threadName());
            current.abandon("stopped");
            worker = null;
            reconcile();
        } else if (context.time().passed(stoppingSince, PATIENCE)) {
            current.interrupt();
        }
    }

    private void replace(Worker current, String call) {
        String reason = "the connector hung in " + call;
        context.lastError().note(reason);
        LOG.error("{}: {}; its thread {} is given up and replaced", context.name(), reason, current.threadName());
        current.abandon(reason);
        worker = null;
        context.counters().add(Counter.RESTARTS, 1);
        if (context.crashes().oneMore()) {
            held = true;
            context.life().quarantined(Worker.tooOften(reason));
        } else {
            context.life().lost(reason);
        }
        context.board().lose(Quality.COMM_FAILURE);
        if (shouldRun() && service != null) {
            launch(service);
        }
    }
}
