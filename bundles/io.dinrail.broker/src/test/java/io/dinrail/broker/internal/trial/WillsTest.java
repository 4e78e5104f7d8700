package io.dinrail.broker.internal.trial;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.broker.internal.protocol.MqttVersion;
import io.dinrail.broker.internal.protocol.Properties;
import io.dinrail.broker.internal.protocol.Qos;
import io.dinrail.broker.internal.protocol.TopicName;
import io.dinrail.broker.internal.protocol.Will;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many clients are gone at once: as many wills, each once. {@code -Dtrial.wills=10000} makes them many. */
final class WillsTest {
    private static final int CLIENTS = Integer.getInteger("trial.wills", 1_000);

    @TempDir
    Path folder;

    @Test
    void whoeverIsCutOffIsSpokenForOnce() throws IOException {
        List<Device> cutOff = new ArrayList<>();
        Set<String> heard = new HashSet<>();
        try (Victim engine = new Victim(folder.resolve("store"));
                Device watcher = new Device("watcher", MqttVersion.V5)
                        .hears(will -> assertThat(heard.add(will.text()))
                                .as(will + " is new")
                                .isTrue())) {
            engine.start();
            InetSocketAddress broker = engine.awaitStart();
            watcher.connect(broker);
            watcher.subscribe("gone/+", 2);
            for (int i = 0; i < CLIENTS; i++) {
                cutOff.add(connected(broker, i));
            }
            cutOff.forEach(Device::drop);
            while (heard.size() < CLIENTS) {
                assertThat(watcher.step(Wire.PATIENCE))
                        .as("a will comes, after " + heard.size())
                        .isTrue();
            }
            everybodyReturns(broker, cutOff);
            watcher.ping();
            assertThat(heard).hasSize(CLIENTS);
        } finally {
            cutOff.forEach(Device::close);
        }
    }

    /** Every third with a session that stays, every version, every QoS. */
    private static Device connected(InetSocketAddress broker, int number) throws IOException {
        Device device = new Device("client-" + number, number % 2 == 0 ? MqttVersion.V5 : MqttVersion.V3_1_1);
        Will will = new Will(
                TopicName.of("gone/" + number),
                String.valueOf(number).getBytes(UTF_8),
                Qos.of(1 + number / 3 % 2),
                number % 5 == 0,
                Properties.NONE);
        device.connect(broker, false, number % 3 == 0 ? Device.FOR_EVER : 0, Optional.of(will));
        return device;
    }

    /** And says goodbye: no will is published again. */
    private static void everybodyReturns(InetSocketAddress broker, List<Device> devices) throws IOException {
        for (int i = 0; i < devices.size(); i++) {
            boolean lasting = i % 3 == 0;
            assertThat(devices.get(i)
                            .connect(broker, false, lasting ? Device.FOR_EVER : 0, Optional.empty())
                            .sessionPresent())
                    .isEqualTo(lasting);
            devices.get(i).disconnect();
        }
    }
}
