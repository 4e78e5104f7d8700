package io.dinrail.shell.internal;

import io.dinrail.connector.api.BrowseEntry;
import io.dinrail.connector.api.ConnectedTag;
import io.dinrail.connector.api.ConnectedTags;
import io.dinrail.connector.api.ConnectorState;
import io.dinrail.connector.api.ConnectorStatus;
import io.dinrail.connector.api.Connectors;
import io.dinrail.connector.api.PeerCertificate;
import io.dinrail.connector.api.TagImport;
import io.dinrail.connector.api.TagSpec;
import io.dinrail.connector.api.WriteResult;
import io.dinrail.model.api.Quality;
import io.dinrail.model.api.Reading;
import io.dinrail.model.api.TagId;
import io.dinrail.model.api.TagValue;
import io.dinrail.model.api.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One connector, filler, with the tags temperature and setpoint of filler-1. */
final class FakeSouthbound implements Connectors {
    static final Instant NOON = Instant.parse("2026-11-22T12:00:00.5Z");
    static final TagId TEMPERATURE = TagId.of("filler-1", "temperature");
    static final TagId SETPOINT = TagId.of("filler-1", "setpoint");

    private static final String PRINT = "0123456789abcdef".repeat(4);

    final List<String> imported = new ArrayList<>();
    private boolean trusted;
    ConnectorState state = ConnectorState.RUNNING;
    WriteResult answer = new WriteResult(WriteResult.Verdict.APPLIED, Optional.of(TagValue.of(40.0)), "");
    final List<TagValue> written = new ArrayList<>();

    @Override
    public List<ConnectorStatus> list() {
        return List.of(new ConnectorStatus(
                "filler",
                "modbus",
                state,
                "",
                NOON,
                2,
                1,
                1,
                0,
                Map.of("requests", 7L, "lost", 3L),
                List.of("filler.csv, line 4, column address: 'x' is no address")));
    }

    @Override
    public Optional<ConnectorStatus> find(String name) {
        return list().stream().filter(status -> status.name().equals(name)).findFirst();
    }

    @Override
    public void start(String name) {
        known(name);
        state = ConnectorState.STARTING;
    }

    @Override
    public void stop(String name) {
        known(name);
        state = ConnectorState.STOPPED;
    }

    @Override
    public CompletionStage<List<BrowseEntry>> browse(String name, String node) {
        return switch (node) {
            case "" ->
                CompletableFuture.completedFuture(
                        List.of(new BrowseEntry("ns=2;s=Line1", "Line 1", "object", "", Optional.empty(), true)));
            case "ns=2;s=Line1" ->
                CompletableFuture.completedFuture(List.of(new BrowseEntry(
                        "ns=2;s=Line1.Temp", "Temp", "variable", "float32", Optional.of(TagSpec.Access.R), false)));
            default -> CompletableFuture.failedFuture(new IllegalArgumentException("there is no node " + node));
        };
    }

    @Override
    public List<PeerCertificate> peers(String name) {
        return List.of(new PeerCertificate(PRINT, "CN=plc", "CN=plc", NOON, NOON, trusted, ""));
    }

    @Override
    public void trust(String name, String fingerprint) {
        if (!fingerprint.equals(PRINT)) {
            throw new IllegalArgumentException("no certificate " + fingerprint + " waits");
        }
        trusted = true;
    }

    @Override
    public TagImport compareTags(String name, String csv) {
        if (csv.equals("bad")) {
            return new TagImport(List.of(), List.of(), List.of(), 0, List.of("the file, line 2, column type: wrong"));
        }
        return new TagImport(
                List.of(TagId.of("filler-1", "level")),
                List.of(new TagImport.Change(TEMPERATURE, List.of("poll: 1s -> 2s"))),
                List.of(SETPOINT),
                4,
                List.of());
    }

    @Override
    public TagImport importTags(String name, String csv) {
        TagImport difference = compareTags(name, csv);
        if (difference.refused().isEmpty()) {
            imported.add(csv);
        }
        return difference;
    }

    @Override
    public String exportTags(String name) {
        return "device,tag,address\nfiller-1,temperature,input:0\n";
    }

    private void known(String name) {
        if (find(name).isEmpty()) {
            throw new IllegalArgumentException("connector '" + name + "' is not configured");
        }
    }

    static Reading reading(TagId id, double value) {
        return new Reading(
                id,
                Optional.of(TagValue.of(value)),
                Quality.GOOD,
                NOON,
                NOON.plusMillis(5),
                Optional.of(new Unit("Cel")));
    }

    private static ConnectedTag tag(TagId id, TagSpec.Access access) {
        return new ConnectedTag(
                "filler",
                new TagSpec(
                        id,
                        "input:0",
                        "float32",
                        access,
                        Duration.ofSeconds(1),
                        1,
                        0,
                        Optional.of(new Unit("Cel")),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        "",
                        Map.of()));
    }

    /** Its tags. */
    ConnectedTags tags() {
        return new Tags();
    }

    private final class Tags implements ConnectedTags {
        @Override
        public List<ConnectedTag> list() {
            return List.of(tag(SETPOINT, TagSpec.Access.RW), tag(TEMPERATURE, TagSpec.Access.R));
        }

        @Override
        public Optional<ConnectedTag> find(TagId id) {
            return list().stream().filter(tag -> tag.spec().id().equals(id)).findFirst();
        }

        @Override
        public CompletionStage<Reading> read(TagId id) {
            return CompletableFuture.completedFuture(reading(id, 71.5));
        }

        @Override
        public CompletionStage<WriteResult> write(TagId id, TagValue value, Instant expires) {
            if (find(id).isEmpty()) {
                return CompletableFuture.failedFuture(new IllegalArgumentException("no connector serves " + id));
            }
            written.add(value);
            return CompletableFuture.completedFuture(answer);
        }
    }
}
