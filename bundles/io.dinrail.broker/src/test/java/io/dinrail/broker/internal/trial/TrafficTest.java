package io.dinrail.broker.internal.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.broker.internal.engine.TestEngine;
import io.dinrail.broker.internal.protocol.MqttVersion;
import io.dinrail.broker.internal.store.MemoryDisk;
import io.dinrail.broker.internal.store.StoreSettings;
import io.dinrail.messaging.api.SessionInfo;
import io.dinrail.messaging.api.Traffic;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class TrafficTest {
    @Test
    void whatWentThroughIsToldOfEachClientAndEachFirstLevel() throws Exception {
        try (TestEngine engine = new TestEngine(new MemoryDisk(), StoreSettings.DEFAULT, Victim.unlimited(0), 0);
                Device press = new Device("press", MqttVersion.V5);
                Device other = new Device("other", MqttVersion.V3_1_1)) {
            press.connect(engine.address());
            other.connect(engine.address(), true, 0, Optional.empty());
            other.subscribe("telemetry/#", 1);
            for (int qos = 0; qos < 3; qos++) {
                press.publish("telemetry/press", "1234", qos, false);
                press.publish("alerts/press", "12", qos, false);
            }
            press.finish();
            press.ping();
            for (int i = 0; i < 3; i++) {
                assertThat(other.step(Wire.PATIENCE)).isTrue();
            }
            other.ping();
            assertThat(engine.broker().trafficByTopic())
                    .isEqualTo(Map.of("alerts", new Traffic(3, 42, 0, 0), "telemetry", new Traffic(3, 57, 3, 57)));
            Map<String, Traffic> clients = engine.broker().sessionInfos().stream()
                    .collect(Collectors.toMap(SessionInfo::clientId, SessionInfo::traffic));
            assertThat(clients).isEqualTo(Map.of("other", new Traffic(0, 0, 3, 57), "press", new Traffic(6, 99, 0, 0)));
        }
    }
}
