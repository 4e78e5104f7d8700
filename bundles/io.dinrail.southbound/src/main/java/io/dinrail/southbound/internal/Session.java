package io.dinrail.southbound.internal;

import io.dinrail.connector.api.Connector;
import io.dinrail.connector.api.ConnectorException;
import io.dinrail.connector.api.Sample;
import io.dinrail.connector.api.SampleSink.Report;
import io.dinrail.connector.api.SettingException;
import io.dinrail.connector.api.Subscribed;
import io.dinrail.connector.api.TagSpec;
import io.dinrail.model.api.TagValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connector from its making to its end, with the points that it parsed. Every call into the connector passes here, is counted and watched. For the
 * instance's thread only.
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
    private final Counters counters;
    private final Runnable wake;
    private final IntConsumer flooded;
    private final Map<TagSpec, P> points = new HashMap<>();
    private Map<P, List<TagState>> byPoint = Map.of();
    private ReportQueue<P> reports;

    Session(Connector<P> connector, CallWatch watch, Counters counters, Runnable wake, IntConsumer flooded) {
        this.connector = connector;
        this.watch = watch;
        this.counters = counters;
        this.wake = wake;
        this.flooded = flooded;
        this.reports = new ReportQueue<>(wake, flooded);
    }

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
        Map<P, List<TagState>> next = new HashMap<>();
        for (TagState tag : tags) {
            if (tag.spec().access().reads()) {
                next.computeIfAbsent(point(tag), key -> new ArrayList<>()).add(tag);
            }
        }
        byPoint = next;
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
        byPoint.forEach((point, tags) -> wanted.add(new Subscribed<>(
                point,
                tags.stream().map(tag -> tag.spec().poll()).sorted().findFirst().orElseThrow())));
        reports.close();
        reports = new ReportQueue<>(wake, flooded);
        call("subscribe", () -> {
            connector.subscribe(wanted, reports);
            return true;
        });
    }

    void probe() throws ConnectorException {
        call("probe", () -> {
            connector.probe();
            return true;
        });
    }

    List<TagBoard.Sampled> read(List<TagState> tags) throws ConnectorException {
        List<P> wanted = tags.stream().map(this::point).toList();
        List<Sample> samples = call("read", () -> connector.read(wanted));
        if (samples.size() != tags.size()) {
            throw new IllegalStateException(
                    "the connector gave " + samples.size() + " samples for " + tags.size() + " points");
        }
        List<TagBoard.Sampled> sampled = new ArrayList<>(tags.size());
        for (int i = 0; i < tags.size(); i++) {
            sampled.add(new TagBoard.Sampled(tags.get(i), samples.get(i)));
        }
        return sampled;
    }

    void write(TagState tag, TagValue raw) throws ConnectorException {
        P point = point(tag);
        counters.add(Counter.WRITES, 1);
        call("write of " + tag.spec().id(), () -> {
            connector.write(point, raw);
            return true;
        });
    }

    /** Takes what the device reported since the last time. @throws ConnectorException if it said that the connection is gone. */
    List<TagBoard.Sampled> reported() throws ConnectorException {
        List<TagBoard.Sampled> sampled = new ArrayList<>();
        for (Report<P> report : reports.take()) {
            for (TagState tag : byPoint.getOrDefault(report.point(), List.of())) {
                sampled.add(new TagBoard.Sampled(tag, report.sample()));
            }
        }
        return sampled;
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
        counters.add(Counter.REQUESTS, 1);
        watch.begin(what);
        try {
            return call.run();
        } catch (ConnectorException e) {
            counters.add(Counter.FAILURES, 1);
            throw e;
        } finally {
            watch.end();
        }
    }
}
