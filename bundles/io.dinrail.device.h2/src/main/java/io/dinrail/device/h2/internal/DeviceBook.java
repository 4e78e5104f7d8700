package io.dinrail.device.h2.internal;

import static io.dinrail.device.api.DeviceException.Reason.STORE;
import static io.dinrail.device.api.DeviceException.Reason.TAKEN;
import static io.dinrail.device.api.DeviceException.Reason.UNKNOWN;
import static io.dinrail.event.api.DeviceChanged.Kind.ADDED;
import static io.dinrail.event.api.DeviceChanged.Kind.CHANGED;
import static io.dinrail.event.api.DeviceChanged.Kind.REMOVED;
import static java.time.temporal.ChronoUnit.MILLIS;

import io.dinrail.device.api.Device;
import io.dinrail.device.api.DeviceException;
import io.dinrail.device.api.DeviceRegister;
import io.dinrail.event.api.BusEvents;
import io.dinrail.event.api.CredentialChanged;
import io.dinrail.event.api.DeviceChanged;
import io.dinrail.event.api.DevicePresence;
import io.dinrail.event.api.ReadingsRecorded;
import io.dinrail.event.api.Topics;
import io.dinrail.model.api.DeviceId;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All devices in memory. What people change is stored before it counts; what was heard of counts at once and is stored soon after.
 */
@Component(
        immediate = true,
        property = {
            EventConstants.EVENT_TOPIC + "=" + Topics.READING_RECORDED,
            EventConstants.EVENT_TOPIC + "=" + Topics.DEVICE + "*",
            EventConstants.EVENT_TOPIC + "=" + Topics.CREDENTIAL + "ISSUED"
        })
public final class DeviceBook implements DeviceRegister, EventHandler {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceBook.class);
    private static final Limits USUAL = new Limits(100_000, 10_000);
    private static final Set<String> RULE_SETS_OF_DEVICES = Set.of("device", "gateway");
    private static final long PATIENCE_MS = 4_000;

    /**
     * How much may grow by itself.
     *
     * @param devices beyond so many none is added by being heard of.
     * @param waiting so many may wait to be stored.
     */
    record Limits(int devices, int waiting) {}

    private final Shelf shelf = new Shelf();
    private final AtomicLong ignored = new AtomicLong();
    /** Held while the store changes; never by an event handler. */
    private final Object changes = new Object();

    private final DeviceTable table;
    private final EventAdmin events;
    private final Clock clock;
    private final Limits limits;
    private final Newcomers newcomers;
    private final Thread writer;

    /**
     * Loads the register.
     *
     * @throws SQLException if the store can't be read.
     */
    @Activate
    public DeviceBook(@Reference(target = "(dinrail.schema=device)") DataSource store, @Reference EventAdmin events)
            throws SQLException {
        this(store, events, Clock.systemUTC(), USUAL, Duration.ofSeconds(1));
    }

    DeviceBook(DataSource store, EventAdmin events, Clock clock, Limits limits, Duration firstPause)
            throws SQLException {
        this.table = new DeviceTable(store);
        this.events = events;
        this.clock = clock;
        this.limits = limits;
        this.newcomers = new Newcomers(limits.waiting());
        table.all().forEach(shelf::put);
        writer = new Thread(new DeviceWriter(newcomers, this::save, firstPause), "dinrail-devices");
        writer.setDaemon(true);
        writer.start();
    }

    /** Stores what waits, as far as that goes quickly. */
    @Deactivate
    public void close() throws InterruptedException {
        newcomers.close();
        writer.join(PATIENCE_MS);
        if (ignored.get() > 0) {
            LOG.warn("{} times an unknown device was ignored because the register was full", ignored.get());
        }
    }

    @Override
    public List<Device> list() {
        return shelf.list();
    }

    @Override
    public Optional<Device> find(DeviceId id) {
        return shelf.find(id);
    }

    @Override
    public List<DeviceId> behind(DeviceId gateway) {
        return shelf.behind(gateway);
    }

    @Override
    public Device add(
            DeviceId id,
            Optional<String> fleet,
            Optional<DeviceId> gateway,
            Optional<String> type,
            Optional<String> site)
            throws DeviceException {
        Device device = new Device(id, fleet, gateway, type, site, now(), false);
        DeviceChecks.check(device);
        synchronized (changes) {
            if (shelf.holds(id)) {
                throw new DeviceException(
                        TAKEN, "device " + id + " is in the register already: look at it, or remove it first");
            }
            keep(device, "added");
        }
        tell(ADDED, id);
        return shelf.find(id).orElse(device);
    }

    @Override
    public Device change(
            DeviceId id,
            Optional<String> fleet,
            Optional<DeviceId> gateway,
            Optional<String> type,
            Optional<String> site)
            throws DeviceException {
        Device changed;
        synchronized (changes) {
            Device before = shelf.stored(id).orElseThrow(() -> unknown(id));
            changed = new Device(id, fleet, gateway, type, site, before.addedAt(), false);
            DeviceChecks.check(changed);
            keep(changed, "changed");
        }
        tell(CHANGED, id);
        return shelf.find(id).orElse(changed);
    }

    @Override
    public void remove(DeviceId id) throws DeviceException {
        synchronized (changes) {
            if (!shelf.holds(id)) {
                throw unknown(id);
            }
            try {
                table.delete(id);
            } catch (SQLException e) {
                throw unstored("device " + id + " was not removed", e);
            }
            shelf.remove(id);
        }
        tell(REMOVED, id);
    }

    private void keep(Device device, String done) throws DeviceException {
        try {
            table.save(List.of(device));
        } catch (SQLException e) {
            throw unstored("device " + device.id() + " was not " + done, e);
        }
        shelf.put(device);
    }

    @Override
    public void handleEvent(Event event) {
        BusEvents.unwrap(event, ReadingsRecorded.class)
                .ifPresent(batch -> batch.readings()
                        .forEach(recorded -> heardOf(recorded.reading().tag().device())));
        BusEvents.unwrap(event, DevicePresence.class).ifPresent(this::presence);
        BusEvents.unwrap(event, CredentialChanged.class)
                .filter(change -> change.kind() == CredentialChanged.Kind.ISSUED)
                .filter(change -> RULE_SETS_OF_DEVICES.contains(change.ruleSet()))
                .map(CredentialChanged::name)
                .filter(login -> login.indexOf('@') < 0) // the register is the default organisation's
                .ifPresent(login -> heardOf(new DeviceId(login)));
    }

    /** Leaving isn't being heard of: a device removed while it was connected stays removed. */
    private void presence(DevicePresence presence) {
        if (!presence.online()) {
            shelf.left(presence.device());
            return;
        }
        heardOf(presence.device());
        if (shelf.holds(presence.device())) {
            shelf.connected(presence.device());
        }
    }

    private void heardOf(DeviceId id) {
        if (shelf.holds(id)) {
            return;
        }
        if (shelf.size() >= limits.devices()) {
            if (ignored.getAndIncrement() == 0) {
                LOG.warn("device {} and further unknown ones are ignored: the register holds {}", id, limits.devices());
            }
            return;
        }
        Device device =
                new Device(id, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), now(), false);
        if (shelf.putIfAbsent(device) && !newcomers.offer(id)) {
            shelf.withdraw(device); // its next reading offers it again
        }
    }

    /** Runs on the writer's thread. Takes what stands in memory now, which may be what somebody added meanwhile, or nothing. */
    private void save(List<DeviceId> ids) throws SQLException {
        List<Device> saved;
        synchronized (changes) {
            saved = ids.stream().flatMap(id -> shelf.stored(id).stream()).toList();
            table.save(saved);
        }
        saved.forEach(device -> tell(ADDED, device.id()));
    }

    /** Not under the lock: whoever hears of it may look into the register. */
    private void tell(DeviceChanged.Kind kind, DeviceId id) {
        try {
            events.sendEvent(BusEvents.wrap(new DeviceChanged(kind, id, clock.instant())));
        } catch (IllegalStateException e) {
            LOG.debug("nobody hears that device {} is {}: Event Admin has stopped", id, kind);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(MILLIS);
    }

    private static DeviceException unknown(DeviceId id) {
        return new DeviceException(UNKNOWN, "device " + id + " is not in the register: look at the list");
    }

    private static DeviceException unstored(String what, SQLException e) {
        String cause = String.valueOf(e.getMessage()).split("; SQL statement", 2)[0];
        return new DeviceException(STORE, what + " because the store failed: mend it and try again (" + cause + ")");
    }
}
