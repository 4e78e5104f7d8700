package io.dinrail.southbound.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.dinrail.connector.api.ConnectorState;
import io.dinrail.connector.api.ConnectorStatus;
import io.dinrail.event.api.BusEvents;
import io.dinrail.event.api.ConnectorChanged;
import io.dinrail.model.api.Reading;
import io.dinrail.model.api.TagId;
import io.dinrail.testkit.RecordingBus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/** A host with one fake device, an etc folder and a bus that remembers. */
final class Bench implements AutoCloseable {
    static final TagId TEMPERATURE = TagId.of("press-1", "temperature");
    static final TagId SETPOINT = TagId.of("press-1", "setpoint");
    static final String HEADER = "device,tag,address,access,poll,type,min,max\n";
    static final String TAGS = HEADER + "press-1,temperature,t,r,20ms,,,\npress-1,setpoint,s,rw,20ms,int16,0,100\n";

    final RecordingBus bus = new RecordingBus();
    final RecordingAlerts alerts = new RecordingAlerts();
    final AtomicBoolean busAway = new AtomicBoolean();
    final FakeDevice device = new FakeDevice();
    /** What the host measures by; may be changed to a clock that the test turns. */
    volatile LongSupplier ticks = System::nanoTime;

    final List<TagId> reachable = new CopyOnWriteArrayList<>();
    final Host host;
    final HostTags tags;
    private final Path etc;

    Bench(Path etc) {
        this.etc = etc;
        this.host = new Host(new Host.Surroundings(
                etc,
                new Timepiece(Clock.systemUTC(), () -> ticks.getAsLong()),
                () -> busAway.get() ? Optional.empty() : Optional.of(bus),
                () -> busAway.get() ? Optional.empty() : Optional.of(alerts),
                event -> bus.sendEvent(BusEvents.wrap(event)),
                specs -> specs.forEach(spec -> reachable.add(spec.id())),
                new InstanceFolders(Optional.of(etc.resolve("secrets")))));
        this.tags = new HostTags(host);
        host.typeCame("fake", device);
    }

    void write(String file, String text) {
        try {
            Path path = etc.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Saves a cfg file and does what the file installer would. */
    void configure(String name, String... lines) {
        String pid = "io.dinrail.connector.fake~" + name;
        write(pid + ".cfg", String.join("\n", lines) + "\n");
        Hashtable<String, Object> values = new Hashtable<>();
        for (String line : lines) {
            if (line.contains("=") && !line.startsWith("#")) {
                values.put(
                        line.substring(0, line.indexOf('=')).trim(),
                        line.substring(line.indexOf('=') + 1).trim());
            }
        }
        values.put("service.pid", pid);
        values.put(
                "felix.fileinstall.filename", etc.resolve(pid + ".cfg").toUri().toString());
        host.run(() -> host.configure("fake", CfgSource.of(pid, values)));
    }

    ConnectorStatus status(String name) {
        return host.find(name).orElseThrow();
    }

    void awaitState(String name, ConnectorState state) {
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> host.find(name)
                        .filter(status -> status.state() == state)
                        .isPresent());
    }

    List<Reading> readings(TagId tag) {
        return bus.readings().stream()
                .filter(reading -> reading.tag().equals(tag))
                .toList();
    }

    Reading last(TagId tag) {
        List<Reading> all = readings(tag);
        return all.get(all.size() - 1);
    }

    List<ConnectorChanged.Kind> kinds() {
        return bus.events(ConnectorChanged.class).stream()
                .map(ConnectorChanged::kind)
                .toList();
    }

    @Override
    public void close() {
        device.hang.countDown();
        host.close();
    }
}
