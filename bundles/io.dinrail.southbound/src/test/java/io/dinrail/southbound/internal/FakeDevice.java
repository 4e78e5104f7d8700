package io.dinrail.southbound.internal;

import static java.util.Objects.requireNonNull;

import io.dinrail.connector.api.BrowseEntry;
import io.dinrail.connector.api.Connector;
import io.dinrail.connector.api.ConnectorContext;
import io.dinrail.connector.api.ConnectorException;
import io.dinrail.connector.api.ConnectorException.Reason;
import io.dinrail.connector.api.ConnectorType;
import io.dinrail.connector.api.PeerCertificate;
import io.dinrail.connector.api.Sample;
import io.dinrail.connector.api.SampleSink;
import io.dinrail.connector.api.SettingException;
import io.dinrail.connector.api.Settings;
import io.dinrail.connector.api.Subscribed;
import io.dinrail.connector.api.TagSpec;
import io.dinrail.model.api.TagValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A device in memory, its behaviour set by the test, and the type of connector that speaks with it. */
final class FakeDevice implements ConnectorType {
    final Map<String, TagValue> memory = new ConcurrentHashMap<>();
    final List<TagValue> written = new CopyOnWriteArrayList<>();
    final List<String> called = new CopyOnWriteArrayList<>();
    final AtomicInteger created = new AtomicInteger();
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger open = new AtomicInteger();
    final AtomicInteger subscriptions = new AtomicInteger();
    volatile boolean down;
    volatile boolean crashes;
    /** Lanes that don't answer; a place's lane is what stands before its slash. */
    final Set<String> deadLanes = ConcurrentHashMap.newKeySet();

    /** How long a silent lane takes, as the connector says. */
    volatile Duration laneTimeout = Duration.ZERO;
    /** Lanes that are left for later unheard, and how many times. */
    final Map<String, AtomicInteger> unheard = new ConcurrentHashMap<>();
    /** Lanes of which one place is read at a time. */
    final Set<String> portioned = ConcurrentHashMap.newKeySet();
    /** The places of each read, and how long it might take. */
    final List<List<String>> reads = new CopyOnWriteArrayList<>();

    final List<Duration> patiences = new CopyOnWriteArrayList<>();

    final List<String> asked = new CopyOnWriteArrayList<>();
    /** Hears which lane is asked, before the answer. */
    volatile Consumer<String> onAsked = lane -> {};

    final Set<String> polledPlaces = ConcurrentHashMap.newKeySet();
    volatile boolean meters;
    static final String PRINT = "0123456789abcdef".repeat(4);
    volatile boolean trusted = true;
    volatile boolean subscribes;
    volatile String refusesWrites = "";
    volatile boolean losesWrites;
    volatile UnaryOperator<TagValue> keeps = UnaryOperator.identity();
    volatile CountDownLatch hang = new CountDownLatch(0);
    volatile @Nullable SampleSink<String> sink;

    @Override
    public Connector<?> create(String name, Settings settings) {
        return create(name, settings, ConnectorContext.none());
    }

    @Override
    public Connector<?> create(String name, Settings settings, ConnectorContext context) {
        settings.whole("port", 502, 1, 65_535);
        created.incrementAndGet();
        return new Line(context);
    }

    @Override
    public Set<String> columns() {
        return Set.of("order");
    }

    SampleSink<String> sink() {
        return requireNonNull(sink, "nobody has subscribed");
    }

    /** One connection. */
    private final class Line implements Connector<String> {
        private final ConnectorContext context;
        private boolean isOpen;

        Line(ConnectorContext context) {
            this.context = context;
        }

        @Override
        public String point(TagSpec tag) {
            if (tag.address().startsWith("?")) {
                throw new SettingException("address", "'" + tag.address() + "' is no place of the memory");
            }
            return tag.address();
        }

        @Override
        public Object lane(String point) {
            int slash = point.indexOf('/');
            return slash < 0 ? "" : point.substring(0, slash);
        }

        @Override
        public Duration laneTimeout() {
            return laneTimeout;
        }

        @Override
        public boolean subscribes(String point) {
            return !polledPlaces.contains(point);
        }

        @Override
        public List<TagValue> call(String point, List<TagValue> arguments) throws ConnectorException {
            up();
            called.add(point + arguments);
            if (!refusesWrites.isEmpty()) {
                throw new ConnectorException(Reason.REFUSED, refusesWrites);
            }
            return arguments;
        }

        @Override
        public void acknowledge(String point, String condition, String note) throws ConnectorException {
            up();
            called.add(point + " " + condition + " " + note);
        }

        @Override
        public List<BrowseEntry> browse(String node) throws ConnectorException {
            up();
            if (!node.isEmpty()) {
                throw new ConnectorException(Reason.REFUSED, "there is no node " + node);
            }
            return memory.keySet().stream()
                    .map(place ->
                            new BrowseEntry(place, place, "place", "int16", Optional.of(TagSpec.Access.RW), false))
                    .toList();
        }

        @Override
        public List<PeerCertificate> peers() {
            return List.of(new PeerCertificate(
                    PRINT, "CN=plc", "CN=plc", Instant.EPOCH, Instant.EPOCH.plusSeconds(60), trusted, ""));
        }

        @Override
        public void trust(String fingerprint) {
            if (!fingerprint.equals(PRINT)) {
                throw new IllegalArgumentException("no certificate with the fingerprint " + fingerprint + " waits");
            }
            trusted = true;
        }

        @Override
        public Map<String, String> facts() {
            return Map.of("places", String.valueOf(memory.size()));
        }

        @Override
        public void open() throws ConnectorException {
            await();
            up();
            if (!trusted) {
                throw new ConnectorException(Reason.LOST, "its certificate waits in quarantine");
            }
            opened.incrementAndGet();
            open.incrementAndGet();
            isOpen = true;
        }

        @Override
        public List<Sample> read(List<String> points) throws ConnectorException {
            await();
            up();
            if (crashes) {
                throw new IllegalStateException("a defect");
            }
            String lane = (String) lane(points.get(0));
            asked.add(lane);
            reads.add(points);
            patiences.add(context.patience());
            onAsked.accept(lane);
            alive(lane);
            if (unheard.containsKey(lane) && unheard.get(lane).getAndDecrement() > 0) {
                throw new ConnectorException(Reason.LATER, lane + " has not answered yet");
            }
            if (meters) {
                context.meter().requested(12);
                context.meter().answered(20, 1_000_000);
                context.meter().invalid("wrong-unit");
            }
            List<Sample> samples = new ArrayList<>();
            for (String point : points) {
                TagValue value = memory.get(point);
                samples.add(value == null ? Sample.bad("no-such-place") : Sample.good(value));
            }
            if (portioned.contains(lane) && points.size() > 1) {
                List<Optional<Sample>> first = new ArrayList<>(Collections.nCopies(points.size(), Optional.empty()));
                first.set(0, Optional.of(samples.get(0)));
                throw ConnectorException.later(first, "others wait");
            }
            return samples;
        }

        @Override
        public boolean subscribes() {
            return subscribes;
        }

        @Override
        public void subscribe(List<Subscribed<String>> points, SampleSink<String> to) throws ConnectorException {
            up();
            subscriptions.incrementAndGet();
            sink = to;
            to.report(points.stream()
                    .filter(point -> memory.containsKey(point.point()))
                    .map(point -> new SampleSink.Report<>(point.point(), Sample.good(memory.get(point.point()))))
                    .toList());
        }

        @Override
        public void write(String point, TagValue value) throws ConnectorException {
            await();
            up();
            if (!refusesWrites.isEmpty()) {
                throw new ConnectorException(Reason.REFUSED, refusesWrites);
            }
            written.add(value);
            alive((String) lane(point));
            if (losesWrites) {
                throw new ConnectorException(Reason.LOST, "the line broke");
            }
            memory.put(point, keeps.apply(value));
        }

        @Override
        public void close() {
            if (isOpen) {
                open.decrementAndGet();
            }
            isOpen = false;
        }

        private void alive(String lane) throws ConnectorException {
            if (deadLanes.contains(lane)) {
                throw new ConnectorException(Reason.LANE, lane + " does not answer");
            }
        }

        private void up() throws ConnectorException {
            if (down) {
                throw new ConnectorException(Reason.LOST, "memory:1 does not answer");
            }
        }

        private void await() throws ConnectorException {
            try {
                hang.await();
            } catch (InterruptedException e) {
                throw new ConnectorException(Reason.LOST, "interrupted", e);
            }
        }
    }
}
