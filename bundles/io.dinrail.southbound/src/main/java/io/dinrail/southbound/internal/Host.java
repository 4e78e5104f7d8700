package io.dinrail.southbound.internal;

import io.dinrail.alert.api.AlertIntake;
import io.dinrail.connector.api.BrowseEntry;
import io.dinrail.connector.api.ConnectorStatus;
import io.dinrail.connector.api.ConnectorType;
import io.dinrail.connector.api.Connectors;
import io.dinrail.connector.api.PeerCertificate;
import io.dinrail.connector.api.TagImport;
import io.dinrail.connector.api.TagSpec;
import io.dinrail.event.api.ConnectorChanged;
import io.dinrail.event.api.ReadingIntake;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All instances, and the one thread that decides about them; what comes in from outside is only handed over to it. Safe for use by many threads. */
final class Host implements Connectors {
    private static final Logger LOG = LoggerFactory.getLogger(Host.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final long TICK_MILLIS = 250;
    private static final int TICKS_PER_LOOK_AT_FILES = 4;
    private static final Duration CLOSE = Duration.ofMillis(3_900);

    /** What the host needs from around it. */
    record Surroundings(
            Path etc,
            Timepiece time,
            Supplier<Optional<ReadingIntake>> intake,
            Supplier<Optional<AlertIntake>> alerts,
            Consumer<ConnectorChanged> events,
            InstanceContext.Reachable reachable,
            InstanceFolders folders) {}

    /** A configuration that can't be an instance while its name is taken. */
    private record Waiting(String type, CfgSource cfg) {}

    private final Surroundings around;
    private final Losses losses = new Losses();
    private final AlarmDesk alarms;
    private final TagClaims claims = new TagClaims();
    private final Map<String, Instance> instances = new ConcurrentSkipListMap<>();
    private final Map<String, ConnectorType> types = new HashMap<>();
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();
    // no longer configured, but its thread is still to end
    private final List<Instance> leaving = new ArrayList<>();
    private final ScheduledExecutorService thread;
    private int ticks;

    Host(Surroundings around) {
        this.around = around;
        this.alarms = new AlarmDesk(around.alerts(), losses);
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread named = new Thread(task, "dinrail-southbound");
            named.setDaemon(true);
            return named;
        });
        thread.scheduleWithFixedDelay(() -> safely(this::tick), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    Collection<Instance> instances() {
        return instances.values();
    }

    Map<String, Long> losses() {
        return losses.view();
    }

    @Override
    public List<ConnectorStatus> list() {
        return instances.values().stream().map(Instance::status).toList();
    }

    @Override
    public Optional<ConnectorStatus> find(String name) {
        return Optional.ofNullable(instances.get(name)).map(Instance::status);
    }

    @Override
    public void start(String name) {
        Instance instance = known(name);
        run(instance::start);
    }

    @Override
    public void stop(String name) {
        Instance instance = known(name);
        run(instance::stop);
    }

    @Override
    public CompletionStage<List<BrowseEntry>> browse(String name, String node) {
        InstanceContext context = known(name).context();
        Errand<List<BrowseEntry>> errand = new Errand<>(session -> session.browse(node), new CompletableFuture<>());
        context.take(errand);
        return errand.result();
    }

    @Override
    public List<PeerCertificate> peers(String name) {
        return known(name).session().map(session -> session.shown().peers()).orElse(List.of());
    }

    @Override
    public void trust(String name, String fingerprint) {
        Instance instance = known(name);
        instance.session()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the connector " + name + " does not run: start it, so that it meets its device"))
                .shown()
                .trust(PeerCertificate.plain(fingerprint));
        LOG.info("{}: the certificate {} is trusted from now on", name, PeerCertificate.plain(fingerprint));
        instance.retry();
    }

    @Override
    public TagImport compareTags(String name, String csv) {
        Instance instance = known(name);
        ConnectorType type = instance.service()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the " + instance.type() + " connector's bundle is away, and only it can read its tags"));
        TagSet set = new TagFiles(claims).read(name, type, instance.cfg(), csv);
        return TagFiles.difference(specs(instance), set);
    }

    @Override
    public TagImport importTags(String name, String csv) {
        TagImport difference = compareTags(name, csv);
        if (difference.refused().isEmpty()) {
            Instance instance = known(name);
            TagFiles.replace(instance.tagsFile(), csv);
            run(instance::reloadTags);
        }
        return difference;
    }

    @Override
    public String exportTags(String name) {
        return TagFiles.write(specs(known(name)));
    }

    private static List<TagSpec> specs(Instance instance) {
        return instance.context().board().all().stream().map(TagState::spec).toList();
    }

    void typeCame(String type, ConnectorType service) {
        run(() -> {
            types.put(type, service);
            ofType(type).forEach(instance -> instance.serve(service));
        });
    }

    /** @return completed when no instance uses the type any more. */
    CompletableFuture<Void> typeWent(String type, ConnectorType service) {
        CompletableFuture<Void> unused = new CompletableFuture<>();
        boolean handed = run(() -> {
            boolean used = types.remove(type, service);
            allOf(used ? ofType(type) : List.of(), Instance::unserve).thenRun(() -> unused.complete(null));
        });
        if (!handed) {
            unused.complete(null); // the host is closed, and with it every connector
        }
        return unused;
    }

    /** Closes all instances side by side; returns within five seconds. */
    void close() {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        run(() -> allOf(List.copyOf(instances.values()), Instance::shutDown).thenRun(() -> closed.complete(null)));
        try {
            closeAlarmsAfter(closed);
        } catch (TimeoutException | ExecutionException e) {
            LOG.error("not every connector could be closed in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.shutdownNow();
    }

    private void closeAlarmsAfter(CompletableFuture<Void> closed)
            throws TimeoutException, ExecutionException, InterruptedException {
        try {
            closed.get(CLOSE.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            alarms.close();
        }
    }

    private static CompletableFuture<Void> allOf(
            Collection<Instance> which, Function<Instance, CompletableFuture<Void>> step) {
        return CompletableFuture.allOf(which.stream().map(step).toArray(CompletableFuture[]::new));
    }

    private List<Instance> ofType(String type) {
        return instances.values().stream()
                .filter(instance -> instance.type().equals(type))
                .toList();
    }

    /** Takes a configuration; for the host's thread. */
    void configure(String type, CfgSource cfg) {
        if (!NAME.matcher(cfg.name()).matches()) {
            LOG.error(
                    "{} is refused: '{}' is no name for a connector: 1 to 64 of A-Z a-z 0-9 . _ -",
                    cfg.pid(),
                    cfg.name());
            return;
        }
        Instance owner = instances.get(cfg.name());
        if (owner == null) {
            add(type, cfg);
        } else if (owner.pid().equals(cfg.pid())) {
            owner.configure(cfg);
        } else {
            waiting.put(cfg.pid(), new Waiting(type, cfg));
            showWaiting(cfg.name());
        }
    }

    private void add(String type, CfgSource cfg) {
        InstanceContext context = context(cfg.name());
        TagLoader loader = new TagLoader(around.etc(), context, claims);
        loader.foresee(cfg);
        Instance instance = new Instance(type, context, loader, cfg, this::run);
        instances.put(cfg.name(), instance);
        ConnectorType service = types.get(type);
        if (service == null) {
            instance.unserve(); // says that the bundle is away
        } else {
            instance.serve(service);
        }
    }

    private InstanceContext context(String name) {
        Timepiece time = around.time();
        Counters counters = new Counters();
        Outlet outlet = new Outlet(name, around.intake(), counters, losses);
        return new InstanceContext(
                name,
                time,
                new LifeCycle(name, time, around.events()),
                new TagBoard(time, counters, outlet),
                new Problems(name),
                counters,
                new Mailbox(),
                new Crashes(time),
                new LastError(time),
                losses,
                ThreadLocalRandom.current()::nextDouble,
                around.reachable(),
                alarms::take,
                new ConcurrentLinkedQueue<>(),
                around.folders(),
                new AtomicLong(Long.MAX_VALUE));
    }

    /** Hears that a configuration is gone; for the host's thread. */
    void remove(String pid) {
        Waiting gone = waiting.remove(pid);
        if (gone != null) {
            showWaiting(gone.cfg().name());
        }
        instances.values().stream()
                .filter(instance -> instance.pid().equals(pid))
                .toList()
                .forEach(this::remove);
    }

    private void remove(Instance instance) {
        String name = instance.context().name();
        instance.remove();
        instances.remove(name);
        leaving.add(instance);
        waiting.values().stream()
                .filter(other -> other.cfg().name().equals(name))
                .findFirst()
                .ifPresent(next -> {
                    waiting.remove(next.cfg().pid());
                    add(next.type(), next.cfg());
                    showWaiting(name);
                });
    }

    private void showWaiting(String name) {
        Instance owner = instances.get(name);
        if (owner != null) {
            owner.context()
                    .problems()
                    .others(waiting.values().stream()
                            .map(Waiting::cfg)
                            .filter(cfg -> cfg.name().equals(name))
                            .map(cfg -> "configuration " + cfg.pid() + " is refused: the name " + name + " is taken by "
                                    + owner.pid())
                            .toList());
        }
    }

    private void tick() {
        ticks++;
        boolean files = ticks % TICKS_PER_LOOK_AT_FILES == 0;
        instances.values().forEach(instance -> safely(() -> instance.tick(files)));
        leaving.forEach(instance -> safely(() -> instance.tick(false)));
        leaving.removeIf(Instance::isAtRest);
    }

    private Instance known(String name) {
        Instance instance = instances.get(name);
        if (instance == null) {
            throw new IllegalArgumentException("no connector is configured under the name '" + name + "'");
        }
        return instance;
    }

    /** Does something on the host's own thread. @return whether it will be done. */
    boolean run(Runnable step) {
        try {
            thread.execute(() -> safely(step));
            return true;
        } catch (RejectedExecutionException e) {
            LOG.debug("too late, the host is closed", e);
            return false;
        }
    }

    /** A defect in one step must not end the thread that looks after all instances. */
    private static void safely(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            LOG.error("a step of the southbound host failed", e);
        }
    }
}
