package io.dinrail.messaging.bridge.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dinrail.command.api.Command;
import io.dinrail.command.api.CommandState;
import io.dinrail.command.api.CommandTarget;
import io.dinrail.command.api.CommandWaker;
import io.dinrail.event.api.AlertChanged;
import io.dinrail.event.api.BusEvents;
import io.dinrail.event.api.DevicePresence;
import io.dinrail.event.api.RecordedReading;
import io.dinrail.identity.api.Principal;
import io.dinrail.messaging.api.Message;
import io.dinrail.model.api.DeviceId;
import io.dinrail.model.api.Quality;
import io.dinrail.model.api.Reading;
import io.dinrail.model.api.Severity;
import io.dinrail.model.api.TagId;
import io.dinrail.model.api.TagValue;
import io.dinrail.testkit.ManualClock;
import io.dinrail.testkit.RecordingBus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class BridgeTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final IngestedReadings ingested = new IngestedReadings();
    private final ManualClock clock = new ManualClock(NOON);
    private final RecordingBus bus = new RecordingBus();
    private final FakeBroker broker = new FakeBroker();

    private static RecordedReading recorded(long seq, String tag) {
        Reading reading = new Reading(
                TagId.of("press-1", tag), Optional.of(TagValue.of(1)), Quality.GOOD, NOON, NOON, Optional.empty());
        return new RecordedReading(seq, false, reading);
    }

    private static Message message(String topic, String payload) {
        return new Message(topic, payload.getBytes(UTF_8), 0, false);
    }

    @Test
    void aReadingIsPublishedUnlessItCameInOverMqtt() throws InterruptedException {
        ReadingsOut out = new ReadingsOut(0, ingested);
        out.bindBroker(broker);
        ingested.add(List.of(recorded(2, "battery").reading()));
        out.accept(List.of(recorded(1, "temperature"), recorded(2, "battery")));
        assertThat(broker.topics()).containsExactly("telemetry/press-1/temperature");
    }

    @Test
    void oneMessageOnAConnectorsTagDoesNotSilenceTheConnector() throws InterruptedException {
        ReadingsOut out = new ReadingsOut(0, ingested);
        out.bindBroker(broker);
        RecordedReading stray = recorded(1, "temperature");
        ingested.add(List.of(stray.reading()));
        Reading polled = new Reading(
                stray.reading().tag(),
                stray.reading().value(),
                Quality.GOOD,
                NOON.plusSeconds(1),
                NOON.plusSeconds(1),
                Optional.empty());
        out.accept(List.of(stray, new RecordedReading(2, false, polled)));
        assertThat(broker.payloads()).singleElement().asString().contains("\"seq\": 2");
    }

    @Test
    void whatIsOfferedAgainIsStillKnownToHaveComeInOverMqtt() throws InterruptedException {
        ReadingsOut out = new ReadingsOut(0, ingested);
        ingested.add(List.of(recorded(1, "battery").reading()));
        Thread.currentThread().interrupt(); // as the journal does when the bundle goes
        assertThatThrownBy(() -> out.accept(List.of(recorded(1, "battery"), recorded(2, "temperature"))))
                .isInstanceOf(InterruptedException.class);
        out.bindBroker(broker);
        out.accept(List.of(recorded(1, "battery"), recorded(2, "temperature")));
        assertThat(broker.topics()).containsExactly("telemetry/press-1/temperature");
    }

    @Test
    void anInterruptedBatchIsFinishedAsLongAsThereIsABroker() throws InterruptedException {
        ReadingsOut out = new ReadingsOut(0, ingested);
        out.bindBroker(broker);
        Thread.currentThread().interrupt();
        out.accept(List.of(recorded(1, "temperature"), recorded(2, "pressure")));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(broker.topics()).hasSize(2);
        assertThat(broker.interrupted)
                .as("an interrupt may close a broker's files")
                .isFalse();
    }

    @Test
    void whatWasPublishedOfABatchIsNotPublishedAgainWhenItIsOfferedAgain() throws InterruptedException {
        ReadingsOut out = new ReadingsOut(0, ingested);
        out.bindBroker(broker);
        List<RecordedReading> batch = List.of(recorded(1, "temperature"), recorded(2, "pressure"));
        broker.afterEach = () -> out.unbindBroker(broker);
        Thread.currentThread().interrupt(); // has it end where it would wait for the broker
        assertThatThrownBy(() -> out.accept(batch)).isInstanceOf(InterruptedException.class);
        broker.afterEach = () -> {};
        out.bindBroker(broker);
        out.accept(List.copyOf(batch));
        out.accept(List.of(recorded(3, "temperature")));
        assertThat(broker.topics())
                .containsExactly(
                        "telemetry/press-1/temperature", "telemetry/press-1/pressure", "telemetry/press-1/temperature");
    }

    @Test
    void aReadingThatTheBrokerFailsOnIsLeftOutAndCountedAndTheRestOfItsBatchIsPublishedOnce() throws Exception {
        ReadingsOut out = new ReadingsOut(0, ingested);
        out.bindBroker(broker);
        broker.defect = "telemetry/press-1/pressure";
        List<RecordedReading> batch =
                List.of(recorded(1, "temperature"), recorded(2, "pressure"), recorded(3, "battery"));
        assertThatThrownBy(() -> out.accept(batch)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> out.accept(batch)).isInstanceOf(UnsupportedOperationException.class);
        out.accept(batch); // the journal would give all of it up after the third time
        assertThat(broker.topics()).containsExactly("telemetry/press-1/temperature", "telemetry/press-1/battery");
        assertThat(out.losses()).containsEntry("mqtt.readings-not-published", 1L);
    }

    @Test
    void readingsWaitWhileTheBrokerIsAway() {
        ReadingsOut out = new ReadingsOut(0, ingested);
        AtomicBoolean done = new AtomicBoolean();
        Thread feed = new Thread(() -> {
            try {
                out.accept(List.of(recorded(1, "temperature")));
                done.set(true);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        feed.start();
        await().until(() -> feed.getState() == Thread.State.WAITING);
        assertThat(done).isFalse();
        broker.full = true;
        out.bindBroker(broker);
        broker.full = false;
        await().untilTrue(done);
        assertThat(broker.topics()).containsExactly("telemetry/press-1/temperature");
    }

    @Test
    void telemetryEntersTheBusAndIsNotPublishedAgain() throws InterruptedException {
        TelemetryIn in = new TelemetryIn(ingested, clock);
        in.bindIntake(bus);
        in.heard(message("telemetry/press-1/temperature", "21.5"), "press-1", NOON);
        await().until(() -> bus.readings().size() == 1);
        ReadingsOut out = new ReadingsOut(0, ingested);
        out.bindBroker(broker);
        out.accept(List.of(new RecordedReading(1, false, bus.readings().get(0))));
        assertThat(broker.topics()).isEmpty();
        in.stop();
    }

    @Test
    void malformedTelemetryIsCountedRecordedAsBadAndHurtsNobodyElse() {
        TelemetryIn in = new TelemetryIn(ingested, clock);
        in.bindIntake(bus);
        in.heard(message("telemetry/press-1/temperature", "{oops"), "press-1", NOON);
        in.heard(message("telemetry/a/b/c/d", "1"), "press-1", NOON);
        in.heard(message("telemetry/press-2/temperature", "1"), "press-2", NOON);
        await().until(() -> bus.readings().size() == 2);
        assertThat(bus.readings())
                .extracting(reading -> reading.quality().toString())
                .containsExactly("bad/malformed", "good");
        assertThat(in.losses())
                .containsEntry("telemetry.malformed", 2L)
                .containsEntry("telemetry.malformed.press-1", 2L)
                .doesNotContainKey("telemetry.malformed.press-2");
        in.stop();
    }

    @Test
    void telemetryWaitsForTheBusAndTheOldestOfAFloodingDeviceIsShed() {
        TelemetryIn in = new TelemetryIn(ingested, clock);
        for (int i = 0; i < 1_500; i++) {
            in.heard(message("telemetry/flood/n", Integer.toString(i)), "flood", NOON);
        }
        in.heard(message("telemetry/calm/n", "7"), "calm", NOON);
        in.bindIntake(bus);
        await().until(() ->
                bus.readings().stream().anyMatch(reading -> reading.value().equals(Optional.of(TagValue.of(1_499)))));
        assertThat(in.losses().get("telemetry.shed")).isBetween(400L, 500L);
        assertThat(bus.readings())
                .anyMatch(reading -> reading.tag().device().value().equals("calm"));
        in.stop();
    }

    @Test
    void whatTheBusFailsOnIsCountedAndTheNextIsTakenIn() {
        TelemetryIn in = new TelemetryIn(ingested, clock);
        AtomicBoolean fails = new AtomicBoolean(true);
        in.bindIntake(readings -> {
            if (fails.getAndSet(false)) {
                throw new NoClassDefFoundError("of a bundle half gone");
            }
            bus.record(readings);
        });
        in.heard(message("telemetry/press-1/n", "1"), "press-1", NOON);
        await().until(() -> in.losses().containsKey("telemetry.failed"));
        in.heard(message("telemetry/press-1/n", "2"), "press-1", NOON);
        await().until(() -> bus.readings().size() == 1);
        assertThat(in.losses()).containsEntry("telemetry.failed", 1L).containsEntry("telemetry.failed.press-1", 1L);
        in.stop();
    }

    @Test
    void whatTheBrokerHandedOverIsTakenInBeforeTheBridgeStops() {
        TelemetryIn in = new TelemetryIn(ingested, clock);
        for (int i = 0; i < 1_000; i++) {
            in.heard(message("telemetry/press-1/n", Integer.toString(i)), "press-1", NOON);
        }
        in.bindIntake(bus);
        in.stop();
        assertThat(bus.readings()).hasSize(1_000);
    }

    @Test
    void onlyTheWorstCulpritsAreShownAndTheTotalIsOfAll() {
        LossTally tally = new LossTally(clock);
        for (int i = 0; i < 20_000; i++) {
            tally.count("x", "d" + i);
        }
        tally.count("x", "d7", 3);
        assertThat(tally.counts()).hasSize(101).containsEntry("x", 20_003L).containsEntry("x.d7", 4L);
    }

    @Test
    void whatMayBeLoggedIsOnceAMinuteForEachCulprit() {
        LossTally tally = new LossTally(clock);
        assertThat(tally.count("x", "a")).isTrue();
        assertThat(tally.count("x", "a")).isFalse();
        assertThat(tally.count("x", "b")).isTrue();
        clock.advance(Duration.ofSeconds(61));
        assertThat(tally.count("x", "a")).isTrue();
        assertThat(tally.counts()).containsEntry("x", 4L).containsEntry("x.a", 3L);
    }

    @Test
    void alertsWaitForTheBrokerUpToABoundAndTheRestIsCounted() {
        AlertsOut out = new AlertsOut();
        AlertChanged alert = new AlertChanged(
                AlertChanged.Kind.RAISED,
                1,
                "hot",
                TagId.of("press-1", "t"),
                Severity.CRITICAL,
                "hot",
                Optional.empty(),
                80,
                NOON);
        for (int i = 0; i < 1_100; i++) {
            out.handleEvent(BusEvents.wrap(alert));
        }
        assertThat(out.losses().get("mqtt.alerts-not-published")).isBetween(99L, 100L);
        out.bindBroker(broker);
        await().until(() -> broker.topics().size() >= 1_000);
        assertThat(broker.topics()).containsOnly("alerts/press-1/critical");
        out.stop();
    }

    @Test
    void aCommandIsSentWhenSomebodySubscribesAndWaitsOtherwise() {
        List<String> heard = new ArrayList<>();
        CommandTarget.Progress progress = new CommandTarget.Progress() {
            @Override
            public void reached(CommandState state, String result) {
                heard.add(state.name());
            }

            @Override
            public void unreachable(String reason) {
                heard.add(reason);
            }
        };
        Command command = new Command(
                "id-1",
                new DeviceId("press-1"),
                "reboot",
                "{}",
                CommandState.ACCEPTED,
                "",
                "me",
                NOON,
                NOON.plusSeconds(9),
                NOON);
        MqttCommands target = new MqttCommands(new KnownCredentials(Principal.Kind.GATEWAY, "gw-1"));
        target.deliver(command, progress);
        target.bindBroker(broker);
        broker.sessions = 0;
        target.deliver(command, progress);
        broker.sessions = 1;
        target.deliver(command, progress);
        assertThat(heard)
                .containsExactly(
                        "the broker is away",
                        "press-1 is not connected, or doesn't subscribe to commands/press-1",
                        "SENT");
        assertThat(broker.payloads().get(1))
                .isEqualTo("{\"type\": \"reboot\", \"params\": {}, \"timestamp\": 1795348800.000, \"id\": \"id-1\"}");
        assertThat(target.serves(new DeviceId("press-1"), "reboot")).isFalse();
        assertThat(target.serves(new DeviceId("gw-1"), "reboot")).isTrue();
        MqttCommands office = new MqttCommands(new KnownCredentials(Principal.Kind.BACKEND, "gw-1"));
        assertThat(office.serves(new DeviceId("gw-1"), "reboot")).isFalse();
    }

    @Test
    void anAnswerReachesTheRouterAndAMalformedOneIsCounted() {
        Router router = new Router();
        CommandAnswers answers = new CommandAnswers(clock);
        answers.bindRouter(router);
        answers.heard(
                message("commands/press-1/ack", "{\"id\":\"c1\",\"status\":\"done\",\"result\":{\"ok\":true}}"),
                "press-1",
                NOON);
        answers.heard(
                message("commands/press-1/ack", "{\"id\":\"c2\",\"status\":\"failed\",\"error\":\"jam\"}"),
                "press-1",
                NOON);
        answers.heard(message("commands/press-1/ack", "{\"id\":\"c3\",\"status\":\"perhaps\"}"), "press-1", NOON);
        answers.heard(message("commands/press-1/ack", "done"), "press-1", NOON);
        await().untilAsserted(() -> assertThat(router.heard)
                .containsExactly("press-1 c1 SUCCEEDED {\"ok\":true}", "press-1 c2 FAILED {\"error\":\"jam\"}"));
        assertThat(answers.losses())
                .containsEntry("commands.malformed-answers", 2L)
                .containsEntry("commands.malformed-answers.press-1", 2L);
        answers.stop();
    }

    @Test
    void answersWaitWhileTheRouterIsExchangedUpToABoundAndTheRestIsCounted() {
        Router old = new Router();
        Router updated = new Router();
        CommandAnswers answers = new CommandAnswers(clock);
        answers.bindRouter(old);
        answers.unbindRouter(old);
        for (int i = 0; i < 1_100; i++) {
            answers.heard(
                    message("commands/press-1/ack", "{\"id\":\"c" + i + "\",\"status\":\"done\"}"), "press-1", NOON);
        }
        assertThat(answers.losses().get("commands.answers-dropped")).isBetween(99L, 100L);
        answers.bindRouter(updated);
        await().until(() -> updated.heard.size() >= 1_000);
        assertThat(updated.heard.get(0)).isEqualTo("press-1 c0 SUCCEEDED ");
        assertThat(old.heard).isEmpty();
        answers.stop();
    }

    @Test
    void theRouterIsWokenWhenADeviceIsBack() {
        Router router = new Router();
        ReturningDevices returning = new ReturningDevices(router);
        returning.handleEvent(BusEvents.wrap(new DevicePresence(true, new DeviceId("press-1"), "", NOON)));
        await().until(() -> router.heard.contains("press-1 reachable"));
        returning.stop();
    }

    private static final class Router implements CommandWaker {
        private final List<String> heard = new CopyOnWriteArrayList<>();

        @Override
        public void reachable(DeviceId device) {
            heard.add(device + " reachable");
        }

        @Override
        public void answered(DeviceId device, String id, CommandState state, String result) {
            heard.add(device + " " + id + " " + state + " " + result);
        }
    }
}
