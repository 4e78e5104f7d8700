package io.dinrail.connector.opcua.internal;

import io.dinrail.connector.api.ConnectorException;
import io.dinrail.connector.api.Sample;
import io.dinrail.connector.api.SampleSink;
import io.dinrail.connector.api.SampleSink.Report;
import io.dinrail.connector.api.Subscribed;
import io.dinrail.connector.opcua.internal.Ledger.Gap;
import io.dinrail.connector.opcua.internal.Subscription.Slot;
import io.dinrail.model.api.Quality;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.eclipse.milo.opcua.stack.core.types.UaStructuredType;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.DataChangeNotification;
import org.eclipse.milo.opcua.stack.core.types.structured.EventFieldList;
import org.eclipse.milo.opcua.stack.core.types.structured.EventNotificationList;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemNotification;
import org.eclipse.milo.opcua.stack.core.types.structured.NotificationMessage;
import org.eclipse.milo.opcua.stack.core.types.structured.StatusChangeNotification;
import org.jspecify.annotations.Nullable;

/**
 * What the server reports by itself: one subscription, kept over broken connections for as long as the server keeps it. Started by the instance's thread,
 * told by the library's; whoever waits for the server holds no lock.
 */
final class Reporting implements Publishing.Listener {
    private static final long ANSWER_MILLIS = 100;

    private final Setup setup;
    private final Failures failures;
    private final Recovery recovery;
    private final Ledger ledger = new Ledger();
    private final Backfill backfill;
    private final Alarms alarms;
    /** Held while something is entered and reported, so that both happen in the same order. */
    private final Object order = new Object();

    private volatile SampleSink<OpcuaPoint> sink = new NoSink();
    private volatile @Nullable Session session;
    private volatile @Nullable Subscription subscription;
    private volatile @Nullable Publishing publishing;
    /** Whether the server may have news older than what a read of now would tell. */
    private volatile boolean draining;
    /** Whether the subscription ended by itself, so that nobody need go on with it. */
    private volatile boolean worthless;

    Reporting(Setup setup, Failures failures, Recovery recovery) {
        this.setup = setup;
        this.failures = failures;
        this.recovery = recovery;
        this.alarms = new Alarms(setup.platform().clock());
        this.backfill = new Backfill(recovery, reports -> sink.report(reports));
    }

    /** Goes on with the subscription if the server still has it, makes it otherwise, and reports exactly these points from now on. */
    void start(Session on, List<Subscribed<OpcuaPoint>> points, SampleSink<OpcuaPoint> to) throws ConnectorException {
        sink = to;
        boolean same = session == on;
        session = on;
        if (!same && !goesOn(on)) {
            make(on);
        }
        try {
            change(on, points, !same);
        } catch (ConnectorException e) {
            worthless = true; // items that the server made without our knowledge would report all twice
            throw e;
        }
        Publishing active = publishing;
        if (!same && active != null) {
            active.begin();
            backfill.goOn(on);
            // a server with nothing to tell says so only after seconds
            long soon = 3 * used().publishing().toMillis() + ANSWER_MILLIS;
            on.later(() -> drained(on, active), soon);
        }
    }

    /** Reports nothing more until it is started again. */
    void pause() {
        Publishing active = publishing;
        if (active != null) {
            active.stop();
        }
        backfill.pause();
    }

    void lost(String why) {
        sink.lost(why);
    }

    /** @return for how long the server owes a word about the subscription, in nanoseconds; negative while it doesn't. */
    long overdue(long now) {
        Subscription known = subscription;
        Publishing active = publishing;
        return known == null || active == null
                ? -1
                : now
                        - active.heardAt()
                        - known.silence().multipliedBy(3).dividedBy(2).toNanos();
    }

    /** @return the alarms that were reported. */
    Alarms alarms() {
        return alarms;
    }

    // a server that stumbles over the old subscription isn't asked for it again
    private boolean goesOn(Session on) throws ConnectorException {
        try {
            return goOn(on);
        } catch (ConnectorException e) {
            subscription = null;
            throw e;
        }
    }

    private boolean goOn(Session on) throws ConnectorException {
        Subscription known = subscription;
        Publishing before = publishing;
        if (known == null
                || before == null
                || worthless
                || !on.wasReactivated() && !known.transfer(on.client(), failures)) {
            return false;
        }
        Optional<List<NotificationMessage>> kept = known.missed(on.client(), before.lastSequence(), failures);
        if (kept.isEmpty()) {
            return false;
        }
        long last = before.lastSequence();
        ledger.resume();
        for (NotificationMessage message : kept.get()) {
            deliver(on, message, parts(on, message));
            last = message.getSequenceNumber().longValue();
        }
        Publishing next = new Publishing(on.client(), known.id(), last, this);
        kept.get()
                .forEach(message -> next.acknowledge(message.getSequenceNumber().longValue()));
        draining = true;
        publishing = next;
        recovery.resumed(on.wasReactivated(), kept.get().size());
        return true;
    }

    private void make(Session on) throws ConnectorException {
        Subscription left = subscription;
        if (left != null && on.wasReactivated()) {
            left.delete(on.client());
        }
        Subscription made = Subscription.make(on.client(), setup.settings().publishingInterval(), failures);
        if (ledger.restart()) {
            recovery.recreated();
        }
        draining = false;
        worthless = false;
        subscription = made;
        publishing = new Publishing(on.client(), made.id(), 0, this);
    }

    private void change(Session on, List<Subscribed<OpcuaPoint>> points, boolean connected) throws ConnectorException {
        Subscription used = subscription;
        if (used == null) {
            return;
        }
        List<UInteger> gone = ledger.keep(points);
        if (!connected) {
            // who listens now may not have heard what didn't change
            tell(ledger.known());
        }
        List<Slot> missing = new ArrayList<>();
        List<Report<OpcuaPoint>> refused = new ArrayList<>();
        for (Item item : ledger.add(points)) {
            item.node = on.resolve(item.point).orElse(null);
            if (item.node == null) {
                refused.add(new Report<>(item.point, Sample.bad(Quality.CONFIG_ERROR)));
            } else {
                missing.add(new Slot(ledger.handle(item), item));
            }
        }
        used.remove(on, gone);
        used.add(on, missing).forEach((slot, code) -> {
            ledger.release(slot.handle());
            refused.add(new Report<>(slot.item().point, Sample.bad(Statuses.name(code))));
        });
        tell(refused);
        boolean alarmsAdded =
                missing.stream().anyMatch(slot -> slot.item().point.kind() == OpcuaPoint.Kind.ALARMS);
        if (alarmsAdded || connected && ledger.hasAlarms()) {
            alarms.refresh(on, used.id());
        }
    }

    private void tell(List<Report<OpcuaPoint>> reports) {
        if (!reports.isEmpty()) {
            sink.report(reports);
        }
    }

    @Override
    public CompletableFuture<Void> message(NotificationMessage message, boolean more) {
        Session active = session;
        if (active == null) {
            return CompletableFuture.completedFuture(null);
        }
        List<UaStructuredType> parts = parts(active, message);
        CompletableFuture<Void> taken = mayBlock(active, parts)
                ? CompletableFuture.runAsync(
                        () -> deliver(active, message, parts),
                        setup.platform().threads().types())
                : now(() -> deliver(active, message, parts));
        if (!more && drained()) {
            taken.thenRun(this::refresh);
        }
        return taken;
    }

    private synchronized boolean drained() {
        boolean was = draining;
        draining = false;
        return was;
    }

    private void drained(Session on, Publishing of) {
        if (session == on && publishing == of && of.hasHeardNothing() && drained()) {
            refresh();
        }
    }

    private Subscription used() {
        return Objects.requireNonNull(subscription);
    }

    @Override
    public void missed() {
        ledger.expectGaps();
        recovery.missed();
    }

    @Override
    public void ended(String why) {
        Session active = session;
        if (active != null) {
            worthless = true;
            active.lose(why);
        }
    }

    /** Reads what didn't change during the outage, so that it is good again. */
    private void refresh() {
        Session active = session;
        if (active != null) {
            List<Item> silent = ledger.silent();
            active.readLater(
                    silent.stream().map(item -> item.node).toList(),
                    (from, values) -> take(active, silent.subList(from, from + values.size()), values));
        }
    }

    private static List<UaStructuredType> parts(Session active, NotificationMessage message) {
        ExtensionObject[] parts = message.getNotificationData();
        return parts == null
                ? List.of()
                : Arrays.stream(parts)
                        .map(part -> part.decode(active.client().getStaticEncodingContext()))
                        .toList();
    }

    private void deliver(Session active, NotificationMessage message, List<UaStructuredType> parts) {
        for (UaStructuredType part : parts) {
            if (part instanceof DataChangeNotification changes) {
                values(active, changes);
            } else if (part instanceof EventNotificationList events) {
                events(active, events);
            } else if (part instanceof StatusChangeNotification change) {
                active.lose("the server ended the subscription: " + Statuses.name(change.getStatus()));
            }
        }
        ledger.heard(Decoder.time(message.getPublishTime()));
    }

    private void values(Session active, DataChangeNotification changes) {
        MonitoredItemNotification[] all = changes.getMonitoredItems();
        if (all == null) {
            return;
        }
        List<Item> items = new ArrayList<>(all.length);
        List<DataValue> values = new ArrayList<>(all.length);
        for (MonitoredItemNotification one : all) {
            Item item = ledger.item(one.getClientHandle().intValue());
            if (item != null) {
                items.add(item);
                values.add(one.getValue());
            }
        }
        take(active, items, values);
    }

    private void take(Session active, List<Item> items, List<DataValue> values) {
        List<Sample> samples = new ArrayList<>(values.size());
        values.forEach(value -> samples.add(active.decoder().sample(value)));
        List<Report<OpcuaPoint>> reports = new ArrayList<>(values.size());
        List<Gap> gaps = new ArrayList<>();
        Set<Item> overflowed = overflowed(items, values);
        synchronized (order) {
            for (int i = 0; i < samples.size(); i++) {
                Item item = items.get(i);
                Ledger.Entry entry = ledger.enter(item, samples.get(i), overflowed.remove(item));
                entry.gap().ifPresent(gaps::add);
                if (entry.isNew()) {
                    reports.add(new Report<>(item.point, samples.get(i)));
                }
            }
            tell(reports);
        }
        // not before: a quick answer would overtake the value behind the gap, and nobody would know it for a gap
        gaps.forEach(gap -> backfill.fill(active, gap));
    }

    // the oldest are dropped, so what is missing is missing before the first, whichever of them the server marks
    private static Set<Item> overflowed(List<Item> items, List<DataValue> values) {
        Set<Item> overflowed = new HashSet<>();
        for (int i = 0; i < values.size(); i++) {
            if (Statuses.isOverflow(values.get(i).statusCode())) {
                overflowed.add(items.get(i));
            }
        }
        return overflowed;
    }

    private void events(Session active, EventNotificationList events) {
        EventFieldList[] all = events.getEvents();
        if (all == null) {
            return;
        }
        for (EventFieldList event : all) {
            Item item = ledger.item(event.getClientHandle().intValue());
            if (item != null) {
                alarms.take(item.point, event.getEventFields(), active.client(), sink);
            }
        }
    }

    private static boolean mayBlock(Session active, List<UaStructuredType> parts) {
        for (UaStructuredType part : parts) {
            if (part instanceof DataChangeNotification changes
                    && changes.getMonitoredItems() != null
                    && Arrays.stream(changes.getMonitoredItems())
                            .anyMatch(value -> active.decoder().mayBlock(value.getValue()))) {
                return true;
            }
        }
        return false;
    }

    private static CompletableFuture<Void> now(Runnable work) {
        work.run();
        return CompletableFuture.completedFuture(null);
    }
}
