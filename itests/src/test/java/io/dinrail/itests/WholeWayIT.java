package io.dinrail.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A value of a PLC becomes a reading, a message and an alert, and a command goes back: all with peers of another hand. */
class WholeWayIT {
    private static Platform platform;
    private static Plant plant;
    private static ModbusDevice mixer;
    private static OpcUaDevice robot;
    private static MqttClient backend;

    @BeforeAll
    static void start() throws Exception {
        platform = ExamPlatform.with("dinrail").start();
        plant = new Plant(platform);
        mixer = new ModbusDevice(Plant.freePort());
        robot = new OpcUaDevice(Plant.freePort());
        mixer.input(0, 20.5f);
        plant.mixer(mixer.port()).robot(robot.port());
        plant.awaitState("mixer", "RUNNING");
        plant.awaitState("robot", "RUNNING");
        backend = plant.backend("scada").subscribe("telemetry/+/+").subscribe("alerts/#");
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable open : List.of(backend, platform, mixer, robot)) {
            open.close();
        }
    }

    private static ConditionFactory patiently() {
        return await().atMost(Platform.PATIENCE);
    }

    @Test
    void aRegisterBecomesAMessageOfTheDocumentedForm() {
        patiently().until(() -> !backend.heard("telemetry/mixer-1/temperature").isEmpty());
        assertThat(backend.heard("telemetry/mixer-1/temperature").get(0))
                .matches("\\{\"value\": [-0-9.E]+, \"quality\": \"good\", \"timestamp\": \\d{10}\\.\\d{3},"
                        + " \"unit\": \"Cel\", \"seq\": \\d+}");
        SequenceCheck.assertWithoutGap(SequenceCheck.numbers(backend, "mixer-1"));
    }

    @Test
    void aNodeBecomesAMessageAndIsWrittenBack() {
        robot.speed(12.5);
        patiently()
                .until(() ->
                        backend.heard("telemetry/robot-1/speed").stream().anyMatch(p -> p.contains("\"value\": 12.5")));
        assertThat(platform.ask("dinrail:tag-write robot-1 speed 17.25")).contains("applied");
        assertThat(robot.speed()).isEqualTo(17.25);
    }

    @Test
    void aValueAboveItsLimitRaisesAnAlertAndACommandClearsIt() throws Exception {
        Path rule = Files.writeString(platform.data().resolve("hot.json"), """
                {"name": "mixer-hot", "device": "mixer-1", "tag": "temperature", "above": 80, "hysteresis": 2,
                 "delay": "300ms", "severity": "critical", "message": "too hot"}
                """);
        platform.ask("dinrail:rule-add " + rule);
        mixer.input(0, 91.5f);
        patiently()
                .until(() -> backend.heard("alerts/mixer-1/critical").stream()
                        .anyMatch(p -> p.contains("\"state\": \"raised\"")));
        assertThat(platform.ask("dinrail:alert-list --json")).contains("\"rule\":\"mixer-hot\"");

        String command = platform.ask(
                "dinrail:command-send mixer-1 write '{\"tag\":\"setpoint\",\"value\":40}' --wait 20s --json");
        assertThat(command).contains("applied").contains("SUCCEEDED");
        assertThat(mixer.holding(0)).isEqualTo(40f);

        mixer.input(0, 42f);
        patiently()
                .until(() -> backend.heard("alerts/mixer-1/critical").stream()
                        .anyMatch(p -> p.contains("\"state\": \"cleared\"")));
        platform.ask("dinrail:rule-remove mixer-hot");
        assertThat(platform.ask("dinrail:rule-list --json").trim()).isEqualTo("[]");
    }

    @Test
    void whatCannotBeDoneIsRefusedWithTheReason() {
        assertThat(platform.run("dinrail:command-send nobody reboot").status()).isNotZero();
        assertThat(platform.run("dinrail:command-send nobody reboot").err()).contains("nobody");
        Answer unknownTag = platform.run("dinrail:tag-write mixer-1 colour 3");
        assertThat(unknownTag.status()).isNotZero();
        assertThat(unknownTag.err()).contains("colour");
        Answer tooHigh = platform.run("dinrail:tag-write mixer-1 setpoint 300");
        assertThat(tooHigh.status()).isNotZero();
        assertThat(tooHigh.err()).contains("refused");
    }

    @Test
    void aDevicesTelemetryEntersTheBusAndACommandIsAnswered() throws Exception {
        try (MqttClient press = plant.device("press-1").subscribe("commands/press-1/#")) {
            press.publish("telemetry/press-1", "{\"temperature\": 21.5, \"humidity\": 40}");
            patiently()
                    .until(() -> platform.run("dinrail:tag-list --device press-1 --json")
                            .out()
                            .contains("humidity"));
            press.publish("telemetry/press-1/temperature", "{oops");
            patiently().until(() -> platform.run("dinrail:status --json").out().contains("telemetry.malformed"));

            platform.ask("dinrail:command-send press-1 reboot '{\"why\":\"test\"}'");
            patiently().until(() -> !press.heard("commands/press-1").isEmpty());
            String id = press.heard("commands/press-1").get(0).replaceAll(".*\"id\": \"([^\"]+)\".*", "$1");
            press.publish(
                    "commands/press-1/ack",
                    "{\"id\": \"" + id + "\", \"status\": \"done\", \"result\": {\"ok\": true}}");
            patiently()
                    .until(() -> platform.run("dinrail:command-show " + id + " --json")
                            .out()
                            .contains("SUCCEEDED"));
        }
    }

    @Test
    void whoHasNoCredentialIsRefusedAndADeviceKeepsToItsOwnTopics() throws Exception {
        Path ca = platform.secrets().resolve("ca.pem");
        int port = platform.ports().mqtts();
        assertThatThrownBy(() -> new MqttClient(port, ca, "scada", "scada", "wrong"))
                .isInstanceOf(Exception.class);
        assertThatThrownBy(() -> new MqttClient(port, ca, "ghost", "ghost", "ghost"))
                .isInstanceOf(Exception.class);
        try (MqttClient spy = plant.device("spy-1")) {
            assertThatThrownBy(() -> spy.subscribe("telemetry/#")).isInstanceOf(Exception.class);
            assertThatThrownBy(() -> spy.subscribe("$share/g/telemetry/#")).isInstanceOf(Exception.class);
            spy.publish("telemetry/mixer-1/temperature", "666");
            spy.publish("telemetry/spy-1/own", "1");
            patiently().until(() -> !backend.heard("telemetry/spy-1/own").isEmpty());
            assertThat(backend.heard("telemetry/mixer-1/temperature")).noneMatch("666"::equals);
        }
    }

    @Test
    void aDeadPlcDegradesItsConnectorAndRecoversByItself() throws Exception {
        int port = Plant.freePort();
        plant.tags(
                "late",
                "device,tag,address,type,poll\nlate-1,level,input:0,float32,100ms\nlate-1,oops,nowhere:1,float32,1s\n");
        plant.connector("modbus", "late", "host = 127.0.0.1\nport = " + port + "\ntimeout = 300ms\n");
        plant.awaitState("late", "DEGRADED");
        patiently()
                .until(() ->
                        backend.heard("telemetry/late-1/level").stream().anyMatch(p -> p.contains("comm-failure")));
        assertThat(platform.ask("dinrail:connector-show late"))
                .contains("late.csv")
                .contains("line 3");
        try (ModbusDevice plc = new ModbusDevice(port)) {
            plc.input(0, 7.5f);
            patiently()
                    .until(() -> backend.heard("telemetry/late-1/level").stream()
                            .anyMatch(p -> p.contains("\"value\": 7.5")));
            plant.awaitState("late", "RUNNING");
        }
    }
}
