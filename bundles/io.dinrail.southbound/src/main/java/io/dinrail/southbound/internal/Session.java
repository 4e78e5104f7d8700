package io.dinrail.southbound.internal;

import io.dinrail.connector.api.BrowseEntry;
import io.dinrail.connector.api.Connector;
import io.dinrail.connector.api.ConnectorException;
import io.dinrail.connector.api.ConnectorException.Reason;
import io.dinrail.connector.api.Sample;
import io.dinrail.connector.api.SettingException;
import io.dinrail.connector.api.Subscribed;
import io.dinrail.connector.api.TagSpec;
import io.dinrail.model.api.Quality;
import io.dinrail.model.api.TagValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connector from its making to its end, with the points that it parsed. Every call into the connector passes here, is counted and watched. For the
 * instance's thread only, but for {@link #shown}.
 *
 * @param <P> the protocol's parsed address.
 */
final class Session<P> {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    /** A call into the connector. */
    private interface Call<T> {
        T run() throws ConnectorException;
    }

    private final Connector<P> connector;
    private final CallWatch watch;
    private final InstanceContext context;
    private final Lanes lanes;
    private final long maxRate;
    private final Map<TagSpec, P> points = new HashMap<>();
    private Map<P, List<TagState>> reported = Map.of();
    private PollPlan<P> polled = PollPlan.empty();
    private ReportQueue<P> reports;

    Session(Connector<P> connector, CallWatch watch, InstanceContext context, HostSettings settings) {
        this.connector = connector;
        this.watch = watch;
        this.context = context;
        this.lanes = new Lanes(context.time(), () -> new Backoff(settings.backoffMax(), context.random()));
        this.maxRate = settings.maxRate();
        this.reports = queue(0);
    }

    /**
     * What a poll came to.
     *
     * @param samples what was read; nothing if the lane was not heard, or nothing was to be read.
     * @param left what is left for later.
     */
    record Polled(List<TagBoard.Sampled> samples, List<TagState> left) {}

    /** Parses a tag's address, unless it is known already. @throws SettingException if the connector refuses it. */
    void check(TagSpec spec) {
        if (points.containsKey(spec)) {
            return;
        }
        watch.begin("point of " + spec.id());
        try {
            points.put(spec, connector.point(spec));
        } catch (SettingException e) {
            throw e;
        } catch (RuntimeException e) { // a defect on one row hurts that row only
            LOG.error("the connector failed on the row of {}", spec.id(), e);
            throw new SettingException("address", "the connector failed on it: " + e);
        } finally {
            watch.end();
        }
    }

    /** Serves these tags from now on; each was checked. */
    void use(Collection<TagState> tags) {
        points.keySet().retainAll(tags.stream().map(TagState::spec).collect(Collectors.toSet()));
        Map<P, List<TagState>> byPoint = new HashMap<>();
        PollPlan.Builder<P> plan = new PollPlan.Builder<>();
        for (TagState tag : tags) {
            P point = point(tag);
            tag.reportedByDevice(connector.subscribes() && connector.subscribes(point));
            tag.lane(lanes.of(connector.lane(point)));
            if (tag.isReportedByDevice() && tag.spec().access().reads()) {
                byPoint.computeIfAbsent(point, key -> new ArrayList<>()).add(tag);
            } else if (tag.isReadable()) {
                plan.add(tag.lane(), tag, point);
            }
        }
        reported = byPoint;
        polled = plan.build();
        share(tags);
    }

    private void share(Collection<TagState> tags) {
        Map<Lane, List<TagState>> byLane = tags.stream().collect(Collectors.groupingBy(TagState::lane));
        lanes.keepOnly(byLane.keySet());
        lanes.punctuality().timeout(connector.laneTimeout());
        context.mayTake().set(lanes.punctuality().patience());
        byLane.forEach((lane, its) -> lane.use(its, polled.periods(lane)));
    }

    Lanes lanes() {
        return lanes;
    }

    boolean subscribes() {
        return connector.subscribes();
    }

    void open() throws ConnectorException {
        call("open", () -> {
            connector.open();
            return true;
        });
    }

    /** Asks the device to report the tags in use. */
    void subscribe() throws ConnectorException {
        List<Subscribed<P>> wanted = new ArrayList<>();
        reported.forEach((point, tags) -> wanted.add(new Subscribed<>(
                point,
                tags.stream().map(tag -> tag.spec().poll()).sorted().findFirst().orElseThrow())));
        reports.close();
        reports = queue(wanted.size());
        call("subscribe", () -> {
            connector.subscribe(wanted, reports);
            return true;
        });
    }

    private ReportQueue<P> queue(int tags) {
        return new ReportQueue<>(context, maxRate == 0 ? Long.MAX_VALUE : maxRate + tags);
    }

    void probe() throws ConnectorException {
        call("probe", () -> {
            connector.probe();
            return true;
        });
    }

    /** Reads what was left of a lane, or else what is due; a device that refuses all of it is there, but has no values. */
    Polled poll(Lane lane, List<TagState> left, Set<Duration> due) throws ConnectorException {
        return left.isEmpty() ? poll(lane, polled.due(lane, due)) : poll(lane, batch(left));
    }

    private Polled poll(Lane lane, PollPlan.Batch<P> batch) throws ConnectorException {
        if (batch.tags().isEmpty()) {
            return new Polled(List.of(), List.of());
        }
        context.mayTake().set(lanes.punctuality().patience(lane));
        try {
            return new Polled(readOrRefused(batch.tags(), batch.points()), List.of());
        } catch (ConnectorException e) {
            return part(batch.tags(), e);
        } finally {
            context.mayTake().set(lanes.punctuality().patience());
        }
    }

    private PollPlan.Batch<P> batch(List<TagState> tags) {
        return new PollPlan.Batch<>(tags, tags.stream().map(this::point).toList());
    }

    /** @throws ConnectorException the same if it isn't that the rest is read later. */
    private Polled part(List<TagState> tags, ConnectorException e) throws ConnectorException {
        if (e.reason() != Reason.LATER) {
            throw e;
        }
        if (e.samples().isEmpty()) {
            return new Polled(List.of(), tags);
        }
        checkOneEach(tags, e.samples());
        Polled part = new Polled(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < tags.size(); i++) {
            TagState tag = tags.get(i);
            e.samples()
                    .get(i)
                    .ifPresentOrElse(
                            sample -> part.samples().add(new TagBoard.Sampled(tag, sample)),
                            () -> part.left().add(tag));
        }
        return part;
    }

    /** Reads one tag that somebody asked for. */
    Sample read(TagState tag) throws ConnectorException {
        return askedFor(() -> read(List.of(tag), List.of(point(tag))));
    }

    /** As {@link #read(TagState)}, but bad if the device refuses. */
    Sample readOrRefused(TagState tag) throws ConnectorException {
        return askedFor(() -> readOrRefused(List.of(tag), List.of(point(tag))));
    }

    /** Somebody waits for it: there is no later but now, and who is silent again fails. */
    private static Sample askedFor(Call<List<TagBoard.Sampled>> read) throws ConnectorException {
        try {
            return read.run().get(0).sample();
        } catch (ConnectorException e) {
            if (e.reason() != Reason.LATER) {
                throw e;
            }
            return atLast(read);
        }
    }

    private static Sample atLast(Call<List<TagBoard.Sampled>> read) throws ConnectorException {
        try {
            return read.run().get(0).sample();
        } catch (ConnectorException e) {
            throw e.reason() == Reason.LATER
                    ? new ConnectorException(Reason.LANE, String.valueOf(e.getMessage()), e)
                    : e;
        }
    }

    private List<TagBoard.Sampled> readOrRefused(List<TagState> tags, List<P> wanted) throws ConnectorException {
        try {
            return read(tags, wanted);
        } catch (ConnectorException e) {
            if (e.reason() != Reason.REFUSED) {
                throw e;
            }
            context.lastError().note(String.valueOf(e.getMessage()));
            return tags.stream()
                    .map(tag -> new TagBoard.Sampled(tag, Sample.bad(Quality.DEVICE_FAILURE)))
                    .toList();
        }
    }

    private List<TagBoard.Sampled> read(List<TagState> tags, List<P> wanted) throws ConnectorException {
        List<Sample> samples = call("read", () -> connector.read(wanted));
        checkOneEach(tags, samples);
        List<TagBoard.Sampled> sampled = new ArrayList<>(tags.size());
        for (int i = 0; i < tags.size(); i++) {
            sampled.add(new TagBoard.Sampled(tags.get(i), samples.get(i)));
        }
        return sampled;
    }

    private static void checkOneEach(List<TagState> tags, List<?> samples) {
        if (samples.size() != tags.size()) {
            throw new IllegalStateException(
                    "the connector gave " + samples.size() + " samples for " + tags.size() + " points");
        }
    }

    void write(TagState tag, TagValue raw) throws ConnectorException {
        P point = point(tag);
        context.counters().add(Counter.WRITES, 1);
        call("write of " + tag.spec().id(), () -> {
            connector.write(point, raw);
            return true;
        });
    }

    List<TagValue> call(TagState tag, List<TagValue> arguments) throws ConnectorException {
        P point = point(tag);
        return call("call of " + tag.spec().id(), () -> connector.call(point, arguments));
    }

    void acknowledge(TagState tag, String condition, String note) throws ConnectorException {
        P point = point(tag);
        call("acknowledge of " + tag.spec().id(), () -> {
            connector.acknowledge(point, condition, note);
            return true;
        });
    }

    List<BrowseEntry> browse(String node) throws ConnectorException {
        return call("browse", () -> connector.browse(node));
    }

    /** Takes what the device reported since the last time. @throws ConnectorException if it said that the connection is gone. */
    Reported reported() throws ConnectorException {
        Reported taken = new Reported();
        for (ReportQueue.Entry<P> entry : reports.take()) {
            for (TagState tag : reported.getOrDefault(entry.point(), List.of())) {
                entry.hand(tag, taken);
            }
        }
        return taken;
    }

    /** @return whether the connector was cut off since it reported too much. */
    boolean wasCutOff() {
        return reports.wasCutOff();
    }

    int waitingReports() {
        return reports.size();
    }

    /** @return the connector, for what it answers at any time and on any thread. */
    Connector<?> shown() {
        return connector;
    }

    /** Lets the connector go; its failures no longer matter. */
    void close() {
        reports.close();
        watch.begin("close");
        try {
            connector.close();
        } catch (RuntimeException | Error e) {
            LOG.warn("a connector failed while it was closed", e);
        } finally {
            watch.end();
        }
    }

    private P point(TagState tag) {
        P point = points.get(tag.spec());
        if (point == null) {
            throw new IllegalStateException(tag.spec().id() + " was never checked");
        }
        return point;
    }

    private <T> T call(String what, Call<T> call) throws ConnectorException {
        WireMeter meter = context.counters().meter();
        long began = context.time().nanos();
        meter.called();
        watch.begin(what);
        try {
            T result = call.run();
            meter.returned(context.time().nanos() - began);
            return result;
        } catch (ConnectorException e) {
            context.counters().add(Counter.FAILURES, e.reason() == Reason.LATER ? 0 : 1);
            throw e;
        } finally {
            watch.end();
        }
    }
}
