package io.dinrail.southbound.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dinrail.connector.api.ConnectorStatus;
import io.dinrail.connector.api.ConnectorType;
import io.dinrail.connector.api.WriteResult;
import io.dinrail.event.api.BusEvents;
import io.dinrail.event.api.ConnectorChanged;
import io.dinrail.model.api.Reading;
import io.dinrail.model.api.TagId;
import io.dinrail.model.api.TagValue;
import io.dinrail.testkit.RecordingBus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The platform's own host of connectors with one instance, without a framework around it. It stands in the host's package because what it drives is
 * nobody else's; see {@code docs/decisions/0012}.
 */
public final class ContractHost implements AutoCloseable {
    private static final String TYPE = "contract";
    private static final String NAME = "contract";

    private final RecordingBus bus = new RecordingBus();
    private final Path etc;
    private final Host host;
    private final HostTags tags;

    /** @param folder an empty folder for its configuration. */
    public ContractHost(Path folder) {
        this.etc = folder;
        this.host = new Host(new Host.Surroundings(
                folder,
                Timepiece.system(),
                () -> Optional.of(bus),
                Optional::empty,
                event -> bus.sendEvent(BusEvents.wrap(event)),
                reachable -> {},
                new InstanceFolders(Optional.of(folder.resolve("secrets")))));
        this.tags = new HostTags(host);
    }

    /**
     * Saves the tags file.
     *
     * @param csv its text.
     * @throws IOException if it can't be written.
     */
    public void tags(String csv) throws IOException {
        Path file = etc.resolve("tags").resolve(NAME + ".csv");
        Files.createDirectories(etc.resolve("tags"));
        Files.writeString(file, csv, UTF_8);
    }

    /**
     * Saves the cfg file.
     *
     * @param settings its keys.
     */
    public void configure(Map<String, String> settings) {
        Hashtable<String, Object> values = new Hashtable<>(settings);
        CfgSource cfg = CfgSource.of(CfgSource.PREFIX + TYPE + "~" + NAME, values);
        host.run(() -> host.configure(TYPE, cfg));
    }

    /**
     * The connector's bundle starts.
     *
     * @param type its service.
     */
    public void start(ConnectorType type) {
        host.typeCame(TYPE, type);
    }

    /**
     * The connector's bundle stops.
     *
     * @param type its service.
     * @return completed when nothing of it is in use.
     */
    public CompletableFuture<Void> stop(ConnectorType type) {
        return host.typeWent(TYPE, type);
    }

    /** @return what is shown of the instance; empty before it is configured. */
    public Optional<ConnectorStatus> status() {
        return host.find(NAME);
    }

    /**
     * Writes a tag.
     *
     * @param tag which.
     * @param value in the engineering unit.
     * @param expires not to be sent after this.
     * @return what comes of it.
     */
    public CompletableFuture<WriteResult> write(TagId tag, TagValue value, Instant expires) {
        return tags.write(tag, value, expires).toCompletableFuture();
    }

    /**
     * Tells what reached the bus.
     *
     * @param tag of which tag.
     * @return its readings in order.
     */
    public List<Reading> readings(TagId tag) {
        return bus.readings().stream()
                .filter(reading -> reading.tag().equals(tag))
                .toList();
    }

    /** @return what reached the bus of all tags, in order. */
    public List<Reading> readings() {
        return bus.readings();
    }

    /** @return the changes of the connector's state, in order. */
    public List<ConnectorChanged.Kind> changes() {
        return bus.events(ConnectorChanged.class).stream()
                .map(ConnectorChanged::kind)
                .toList();
    }

    @Override
    public void close() {
        host.close();
    }
}
