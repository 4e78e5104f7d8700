package io.dinrail.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The process is killed under load and comes up by itself with what it had acknowledged. */
class CrashIT {
    @Test
    void whatWasAcknowledgedSurvivesKillAndNumbersGoOnAboveAllSeen() throws Exception {
        try (LaunchedPlatform platform = LaunchedPlatform.start();
                ModbusDevice mixer = new ModbusDevice(Plant.freePort())) {
            Plant plant = new Plant(platform);
            plant.mixer(mixer.port());
            mixer.input(0, 95f);
            plant.awaitState("mixer", "RUNNING");
            Path rule = Files.writeString(
                    platform.data().resolve("hot.json"),
                    "{\"name\": \"mixer-hot\", \"device\": \"mixer-1\", \"tag\": \"temperature\", \"above\": 80}");
            platform.ask("dinrail:rule-add " + rule);
            await().atMost(Platform.PATIENCE)
                    .until(() -> platform.ask("dinrail:alert-list --json").contains("raised"));
            platform.ask("dinrail:alert-ack 1 --note seen");
            platform.ask("dinrail:credential-issue press-1 --json");
            platform.ask("dinrail:command-send press-1 reboot --expires 1h");
            String alerts = platform.ask("dinrail:alert-list --json");
            String commands = platform.ask("dinrail:command-list --json");
            long highest;
            try (MqttClient backend = plant.backend("scada").subscribe("telemetry/+/+")) {
                await().atMost(Platform.PATIENCE)
                        .until(() -> SequenceCheck.numbers(backend, "mixer-1").size() > 50);
                platform.kill();
                highest = Collections.max(SequenceCheck.numbers(backend, "mixer-1"));
            }

            platform.again();

            assertThat(platform.ask("dinrail:alert-list --json")).isEqualTo(alerts);
            assertThat(platform.ask("dinrail:command-list --json")).isEqualTo(commands);
            try (MqttClient backend = plant.backend("scada-2").subscribe("telemetry/+/+")) {
                await().atMost(Platform.PATIENCE)
                        .until(() -> SequenceCheck.numbers(backend, "mixer-1").size() > 20);
                List<Long> numbers = SequenceCheck.numbers(backend, "mixer-1");
                assertThat(Collections.min(numbers)).isGreaterThan(highest);
                SequenceCheck.assertWithoutGap(numbers);
            }
        }
    }
}
