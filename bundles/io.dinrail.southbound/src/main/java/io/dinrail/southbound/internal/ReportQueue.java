package io.dinrail.southbound.internal;

import io.dinrail.connector.api.ConnectorException;
import io.dinrail.connector.api.ConnectorException.Reason;
import io.dinrail.connector.api.DeviceAlarm;
import io.dinrail.connector.api.Sample;
import io.dinrail.connector.api.SampleSink;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a device reports waits here for its instance's thread, bounded: of too much the oldest is dropped, and who reports more than it may in a second is
 * cut off. Safe for use by many threads.
 *
 * @param <P> the protocol's parsed address.
 */
final class ReportQueue<P> implements SampleSink<P> {
    static final int LONGEST = 50_000;
    private static final Duration WINDOW = Duration.ofSeconds(1);

    /** One thing that waits. */
    interface Entry<P> {
        P point();

        void hand(TagState tag, Reported taken);
    }

    private record Value<P>(P point, Sample sample) implements Entry<P> {
        @Override
        public void hand(TagState tag, Reported taken) {
            taken.samples().add(new TagBoard.Sampled(tag, sample));
        }
    }

    private record Alarm<P>(P point, Optional<DeviceAlarm> alarm, Set<String> standing) implements Entry<P> {
        @Override
        public void hand(TagState tag, Reported taken) {
            taken.alarms().add(new Reported.AlarmNews(tag, alarm, standing));
        }
    }

    private final InstanceContext context;
    private final long most;
    private final Deque<Entry<P>> entries = new ArrayDeque<>();
    /** The names of the alarms that were told to stand since this queue began, which is with the subscription. */
    private final Map<P, Set<String>> standing = new HashMap<>();

    private Optional<String> lost = Optional.empty();
    private boolean closed;
    private boolean cutOff;
    private long windowFrom;
    private long inWindow;

    /** @param most how many reports are taken in a second. */
    ReportQueue(InstanceContext context, long most) {
        this.context = context;
        this.most = most;
        this.windowFrom = context.time().nanos();
    }

    @Override
    public void report(List<Report<P>> batch) {
        synchronized (this) {
            if (isOpenFor(batch.size())) {
                batch.forEach(report -> entries.addLast(new Value<>(report.point(), report.sample())));
                shorten();
            }
        }
        context.mailbox().wake();
    }

    @Override
    public void alarm(P point, DeviceAlarm alarm) {
        synchronized (this) {
            Set<String> names = standing.computeIfAbsent(point, key -> new HashSet<>());
            if (!alarm.active()) {
                names.remove(alarm.condition());
            } else if (names.size() < LONGEST) {
                names.add(alarm.condition());
            }
        }
        add(new Alarm<>(point, Optional.of(alarm), Set.of()));
    }

    @Override
    public void alarmsComplete(P point) {
        Set<String> names;
        synchronized (this) {
            names = Set.copyOf(standing.getOrDefault(point, Set.of()));
        }
        add(new Alarm<>(point, Optional.empty(), names));
    }

    private void add(Entry<P> entry) {
        synchronized (this) {
            if (isOpenFor(1)) {
                entries.addLast(entry);
                shorten();
            }
        }
        context.mailbox().wake();
    }

    @Override
    public void lost(String reason) {
        synchronized (this) {
            lost = closed || cutOff ? lost : Optional.of(reason);
        }
        context.mailbox().wake();
    }

    private boolean isOpenFor(int count) {
        if (closed) {
            return false;
        }
        if (!cutOff && exceeds(count)) {
            cutOff = true;
            lost = Optional.of("it reports more than " + most + " values a second and was cut off: see max.rate");
        }
        if (cutOff) {
            context.counters().add(Counter.FLOODED, count);
            context.losses().reportsFlooded(count);
        }
        return !cutOff;
    }

    private boolean exceeds(int count) {
        if (context.time().passed(windowFrom, WINDOW)) {
            windowFrom = context.time().nanos();
            inWindow = 0;
        }
        inWindow += count;
        return inWindow > most;
    }

    private void shorten() {
        int over = Math.max(0, entries.size() - LONGEST);
        for (int i = 0; i < over; i++) {
            entries.removeFirst();
        }
        if (over > 0) {
            context.flooded(over);
        }
    }

    /**
     * Takes all that waits.
     *
     * @throws ConnectorException if the device said that the connection is gone, and nothing waits before that.
     */
    synchronized List<Entry<P>> take() throws ConnectorException {
        if (entries.isEmpty() && lost.isPresent()) {
            throw new ConnectorException(Reason.LOST, lost.get());
        }
        List<Entry<P>> taken = new ArrayList<>(entries);
        entries.clear();
        return taken;
    }

    synchronized boolean wasCutOff() {
        return cutOff;
    }

    synchronized int size() {
        return entries.size();
    }

    /** Takes nothing any more. */
    synchronized void close() {
        closed = true;
        entries.clear();
    }
}
