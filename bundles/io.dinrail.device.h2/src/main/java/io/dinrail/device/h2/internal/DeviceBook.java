package io.dinrail.device.h2.internal;

import static io.dinrail.device.api.DeviceException.Reason.STORE;
import static io.dinrail.device.api.DeviceException.Reason.TAKEN;
import static io.dinrail.device.api.DeviceException.Reason.UNKNOWN;
import static java.time.temporal.ChronoUnit.MILLIS;

import io.dinrail.device.api.Device;
import io.dinrail.device.api.DeviceException;
import io.dinrail.device.api.DeviceRegister;
import io.dinrail.event.api.BusEvents;
import io.dinrail.event.api.CredentialChanged;
import io.dinrail.event.api.DevicePresence;
import io.dinrail.event.api.ReadingsRecorded;
import io.dinrail.event.api.Topics;
import io.dinrail.model.api.DeviceId;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.event.Event;
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
    private static final String DEVICE_RULE_SET = "device";
    private static final long PATIENCE_MS = 4_000;

    /**
     * How much may grow by itself.
     *
     * @param devices beyond so many none is added by being heard of.
     * @param waiting so many may wait to be stored.
     */
    record Limits(int devices, int waiting) {}

    private final Map<DeviceId, Device> devices = new ConcurrentHashMap<>();
    private final Set<DeviceId> online = ConcurrentHashMap.newKeySet();
    private final AtomicLong ignored = new AtomicLong();
    /** Held while the store changes; never by an event handler. */
    private final Object changes = new Object();

    private final DeviceTable table;
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
    public DeviceBook(@Reference(target = "(dinrail.schema=device)") DataSource store) throws SQLException {
        this(store, Clock.systemUTC(), USUAL, Duration.ofSeconds(1));
    }

    DeviceBook(DataSource store, Clock clock, Limits limits, Duration firstPause) throws SQLException {
        this.table = new DeviceTable(store);
        this.clock = clock;
        this.limits = limits;
        this.newcomers = new Newcomers(limits.waiting());
        table.all().forEach(device -> devices.put(device.id(), device));
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
        return devices.values().stream()
                .sorted(Comparator.comparing(Device::id))
                .map(this::withPresence)
                .toList();
    }

    @Override
    public Optional<Device> find(DeviceId id) {
        return Optional.ofNullable(devices.get(id)).map(this::withPresence);
    }

    @Override
    public Device add(DeviceId id, Optional<String> fleet, Optional<DeviceId> gateway, Optional<String> type)
            throws DeviceException {
        DeviceChecks.check(id, fleet, gateway, type);
        Device device = new Device(id, fleet, gateway, type, clock.instant().truncatedTo(MILLIS), false);
        synchronized (changes) {
            if (devices.containsKey(id)) {
                throw new DeviceException(
                        TAKEN, "device " + id + " is in the register already: look at it, or remove it first");
            }
            try {
                table.save(List.of(device));
            } catch (SQLException e) {
                throw unstored("device " + id + " was not added", e);
            }
            devices.put(id, device);
        }
        return withPresence(device);
    }

    @Override
    public void remove(DeviceId id) throws DeviceException {
        synchronized (changes) {
            if (!devices.containsKey(id)) {
                throw new DeviceException(UNKNOWN, "device " + id + " is not in the register: look at the list");
            }
            try {
                table.delete(id);
            } catch (SQLException e) {
                throw unstored("device " + id + " was not removed", e);
            }
            devices.remove(id);
        }
    }

    @Override
    public void handleEvent(Event event) {
        BusEvents.unwrap(event, ReadingsRecorded.class)
                .ifPresent(batch -> batch.readings()
                        .forEach(recorded -> heardOf(recorded.reading().tag().device())));
        BusEvents.unwrap(event, DevicePresence.class).ifPresent(this::presence);
        BusEvents.unwrap(event, CredentialChanged.class)
                .filter(change -> change.kind() == CredentialChanged.Kind.ISSUED)
                .filter(change -> change.ruleSet().equals(DEVICE_RULE_SET))
                .ifPresent(change -> heardOf(new DeviceId(change.name())));
    }

    /** Leaving isn't being heard of: a device removed while it was connected stays removed. */
    private void presence(DevicePresence presence) {
        if (!presence.online()) {
            online.remove(presence.device());
            return;
        }
        heardOf(presence.device());
        if (devices.containsKey(presence.device())) {
            online.add(presence.device());
        }
    }

    private void heardOf(DeviceId id) {
        if (devices.containsKey(id)) {
            return;
        }
        if (devices.size() >= limits.devices()) {
            if (ignored.getAndIncrement() == 0) {
                LOG.warn("device {} and further unknown ones are ignored: the register holds {}", id, limits.devices());
            }
            return;
        }
        Device device = new Device(
                id,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                clock.instant().truncatedTo(MILLIS),
                false);
        if (devices.putIfAbsent(id, device) == null && !newcomers.offer(id)) {
            devices.remove(id, device); // its next reading offers it again
        }
    }

    /** Runs on the writer's thread. Takes what stands in memory now, which may be what somebody added meanwhile, or nothing. */
    private void save(List<DeviceId> ids) throws SQLException {
        synchronized (changes) {
            table.save(ids.stream().map(devices::get).filter(Objects::nonNull).toList());
        }
    }

    private Device withPresence(Device device) {
        return new Device(
                device.id(),
                device.fleet(),
                device.gateway(),
                device.type(),
                device.addedAt(),
                online.contains(device.id()));
    }

    private static DeviceException unstored(String what, SQLException e) {
        String cause = String.valueOf(e.getMessage()).split("; SQL statement", 2)[0];
        return new DeviceException(STORE, what + " because the store failed: mend it and try again (" + cause + ")");
    }
}
