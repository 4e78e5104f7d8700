package io.dinrail.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bundles are swapped while the plant runs: nobody else is disturbed, and no reading is missing or there twice. */
class SwapIT {
    private static final String MODBUS = "io.dinrail.connector.modbus";
    private static final String HOST = "io.dinrail.southbound";
    private static final String BRIDGE = "io.dinrail.messaging.bridge";

    private static Platform platform;
    private static ModbusDevice mixer;
    private static MqttClient backend;

    @BeforeAll
    static void start() throws Exception {
        platform = ExamPlatform.with("dinrail").start();
        Plant plant = new Plant(platform);
        mixer = new ModbusDevice(Plant.freePort());
        plant.mixer(mixer.port());
        plant.awaitState("mixer", "RUNNING");
        backend = plant.backend("scada").subscribe("telemetry/+/+");
    }

    @AfterAll
    static void stop() {
        backend.close();
        platform.close();
        mixer.close();
    }

    /** @return when each bundle was last installed or updated, and its state. */
    private static Map<String, String> bundles() {
        return lines("each ($.context bundles) { echo ($it symbolicName) ($it lastModified) ($it state) }");
    }

    /** @return the ids of the services of each bundle; they change when a component or its bundle starts anew. */
    private static Map<String, String> services() {
        return lines("each ($.context bundles) { b = $it;"
                + " each ($b registeredServices) { echo ($b symbolicName) ($it property service.id) } }");
    }

    private static Map<String, String> lines(String command) {
        return platform.ask(command)
                .lines()
                .filter(line -> line.startsWith("io.dinrail.") || line.startsWith("org."))
                .map(line -> line.split(" ", 2))
                .collect(Collectors.toMap(
                        words -> words[0], words -> words[1], (one, other) -> one + " " + other, TreeMap::new));
    }

    private static void awaitMore(int readings) {
        int before = SequenceCheck.numbers(backend, "mixer-1").size();
        await().atMost(Platform.PATIENCE)
                .until(() -> SequenceCheck.numbers(backend, "mixer-1").size() >= before + readings);
    }

    @Test
    void updatingAConnectorDisturbsNoOtherBundle() {
        awaitMore(5);
        Map<String, String> bundles = bundles();
        Map<String, String> services = services();
        platform.ask("bundle:update " + MODBUS);
        awaitMore(20);
        Map<String, String> bundlesAfter = bundles();
        Map<String, String> servicesAfter = services();
        assertThat(bundlesAfter.remove(MODBUS)).isNotEqualTo(bundles.remove(MODBUS));
        assertThat(bundlesAfter).isEqualTo(bundles);
        assertThat(servicesAfter.remove(MODBUS)).isNotEqualTo(services.remove(MODBUS));
        // the host offers a factory of configurations for each kind of connector that is there; the rest of it stays
        assertThat(servicesAfter.remove(HOST)).contains(services.remove(HOST).split(" ")[0]);
        assertThat(servicesAfter).isEqualTo(services);
        SequenceCheck.assertWithoutGap(SequenceCheck.numbers(backend, "mixer-1"));
    }

    @Test
    void aConsumerThatWasAwayGetsWhatItMissedOnce() {
        awaitMore(5);
        platform.ask("bundle:stop " + BRIDGE);
        String live = platform.ask("dinrail:tag-list --device mixer-1 --json");
        await().atMost(Platform.PATIENCE)
                .until(() -> !platform.ask("dinrail:tag-list --device mixer-1 --json")
                        .equals(live));
        platform.ask("bundle:start " + BRIDGE);
        awaitMore(40);
        List<Long> numbers = SequenceCheck.numbers(backend, "mixer-1");
        SequenceCheck.assertWithoutGap(numbers);
    }
}
