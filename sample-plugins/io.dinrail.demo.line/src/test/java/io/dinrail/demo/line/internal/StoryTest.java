package io.dinrail.demo.line.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.event.api.AlertChanged;
import io.dinrail.event.api.CommandChanged;
import io.dinrail.event.api.RecordedReading;
import io.dinrail.model.api.Quality;
import io.dinrail.model.api.Reading;
import io.dinrail.model.api.Severity;
import io.dinrail.model.api.TagId;
import io.dinrail.model.api.TagValue;
import io.dinrail.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoryTest {
    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-22T12:00:00Z"));
    private final List<String> told = new ArrayList<>();
    private final Guide guide = new Guide("./dinrail", "8883", Path.of("/data/secrets/ca.pem"));
    private final Story story = new Story(clock, told::add, guide, () -> "c-1");

    private void read(Story to, String device, double value) {
        Reading reading = new Reading(
                TagId.of(device, "temperature"),
                Optional.of(TagValue.of(value)),
                Quality.GOOD,
                clock.instant(),
                clock.instant(),
                Optional.empty());
        to.reading(new RecordedReading(7, false, reading));
    }

    private void alert(AlertChanged.Kind kind) {
        story.alert(new AlertChanged(
                kind,
                3,
                "filler-hot",
                TagId.of("filler-1", "temperature"),
                Severity.CRITICAL,
                "too hot",
                Optional.of(TagValue.of(81.25)),
                80,
                clock.instant()));
    }

    private void connect(Story told) {
        read(told, "filler-1", 62.04);
        read(told, "labeller-1", 158);
        told.tick();
    }

    private void after(int seconds) {
        clock.advance(Duration.ofSeconds(seconds));
        story.tick();
    }

    private void commandEnded(String id) {
        story.command(new CommandChanged(
                "SUCCEEDED",
                id,
                Machine.FILLER.device(),
                "write",
                "{\"verdict\":\"applied\",\"value\":40}",
                clock.instant()));
    }

    @Test
    void theWholeStoryIsToldInOrder() {
        read(story, "filler-1", 62.04);
        after(1);
        assertThat(told).noneMatch(line -> line.contains("2. Live values"));
        read(story, "labeller-1", 158);
        after(1);
        assertThat(told).anyMatch(line -> line.contains("filler-1 (Modbus):  temperature 62.0 good  seq 7"));
        assertThat(told).anyMatch(line -> line.contains("labeller-1 (OPC UA):  temperature 158.0 good"));
        alert(AlertChanged.Kind.RAISED);
        assertThat(told).anyMatch(line -> line.contains("3. critical alert 3 raised: too hot (81.3 is above 80.0)"));
        after(5);
        assertThat(told).anyMatch(line -> line.contains("4. A command"));
        commandEnded("c-1");
        assertThat(told).anyMatch(line -> line.contains("SUCCEEDED, written and read back: {\"verdict\":\"applied\""));
        alert(AlertChanged.Kind.CLEARED);
        assertThat(told)
                .anyMatch(line -> line.contains("5. Alert 3 cleared"))
                .anyMatch(line -> line.contains("mosquitto_sub"));
    }

    @Test
    void anAlertThatIsRaisedBeforeBothAreConnectedWaitsForItsTurn() {
        read(story, "filler-1", 81.25);
        alert(AlertChanged.Kind.RAISED);
        after(1);
        assertThat(told).noneMatch(line -> line.contains("raised"));
        read(story, "labeller-1", 158);
        after(1);
        assertThat(told.subList(2, told.size()))
                .satisfiesExactly(
                        line -> assertThat(line).contains("2. Live values of both"),
                        line -> assertThat(line).contains("filler-1 (Modbus):  temperature 81.3 good"),
                        line -> assertThat(line).contains("labeller-1 (OPC UA):  temperature 158.0 good"),
                        line -> assertThat(line).contains("3. critical alert 3 raised"),
                        line -> assertThat(line).contains("on MQTT"));
    }

    @Test
    void afterTheStoryEveryoneElsesCommandsAndAlertsAreTold() {
        connect(story);
        alert(AlertChanged.Kind.RAISED);
        after(5);
        commandEnded("c-1");
        alert(AlertChanged.Kind.CLEARED);
        told.clear();
        commandEnded("another");
        alert(AlertChanged.Kind.RAISED);
        alert(AlertChanged.Kind.ACKNOWLEDGED);
        alert(AlertChanged.Kind.CLEARED);
        assertThat(told).hasSize(4).first().asString().contains("Command write to filler-1: SUCCEEDED");
    }

    @Test
    void aStoryThatIsStuckSaysOnceWhereToLook() {
        after(61);
        after(1);
        assertThat(told)
                .filteredOn(line -> line.contains("dinrail:connector-list"))
                .hasSize(1);
    }

    @Test
    void aCommandThatIsNotTakenIsToldWithItsReason() {
        Story refused = new Story(clock, told::add, guide, () -> {
            throw new Story.NotSentException("the store is full");
        });
        connect(refused);
        refused.alert(new AlertChanged(
                AlertChanged.Kind.RAISED,
                3,
                "filler-hot",
                TagId.of("filler-1", "temperature"),
                Severity.CRITICAL,
                "too hot",
                Optional.empty(),
                80,
                clock.instant()));
        clock.advance(Duration.ofSeconds(5));
        refused.tick();
        assertThat(told).anyMatch(line -> line.contains("It was not taken: the store is full"));
    }

    @Test
    void theGuideNamesWhatAnotherTerminalNeeds() {
        Guide elsewhere = Guide.of(
                key -> key.equals("dinrail.mqtts.port") ? "18883" : key.equals("dinrail.secrets") ? "/x/secrets" : "",
                key -> key.equals("DINRAIL_DATA") ? "/x" : "");
        assertThat(elsewhere.tryYourself())
                .anyMatch(line -> line.contains("DINRAIL_DATA=/x bin/dinrail run 'dinrail:status'"))
                .anyMatch(line -> line.contains("--cafile /x/secrets/ca.pem -h localhost -p 18883"));
        assertThat(elsewhere.coolDown())
                .isEqualTo("DINRAIL_DATA=/x bin/dinrail run \"dinrail:command-send filler-1 write"
                        + " '{\\\"tag\\\":\\\"setpoint\\\",\\\"value\\\":40}' --wait 10s\"");
    }
}
