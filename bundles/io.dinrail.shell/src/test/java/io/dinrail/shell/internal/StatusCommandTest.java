package io.dinrail.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.event.api.Journal;
import io.dinrail.event.api.LossCounter;
import io.dinrail.json.api.Json;
import io.dinrail.messaging.api.BrokerStatus;
import io.dinrail.messaging.api.Message;
import io.dinrail.messaging.api.MessageBroker;
import io.dinrail.messaging.api.Session;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusCommandTest extends ShellTest {
    @TempDir
    Path data;

    @Test
    void theStatusIsOneJsonObject() throws Exception {
        everything();

        String json = shell.out("dinrail:status --json");

        assertThat(json)
                .startsWith("{\"broker\":{\"engine\":\"Fake 1\",\"listeners\":[\"mqtt 127.0.0.1:1883\"],"
                        + "\"connections\":2,\"received\":10,\"sent\":20},"
                        + "\"connectors\":[{\"name\":\"filler\",\"type\":\"modbus\",\"state\":\"RUNNING\",\"reason\":null,"
                        + "\"since\":\"2026-11-22T12:00:00.500Z\",\"tags\":2,\"good\":1,\"bad\":1,\"stale\":0}],"
                        + "\"journal\":{\"recorded\":100,\"held\":90,\"capacity\":1000,\"consumers\":[{\"name\":\"alert\","
                        + "\"present\":true,\"delivered\":95,\"lag\":5,\"lost\":2,\"failures\":1}]},"
                        + "\"losses\":{\"broker.denied\":4,\"telemetry.malformed\":7},"
                        + "\"alerts\":{\"open\":1},\"commands\":{\"open\":0},"
                        + "\"identity\":{\"credentials\":1,\"disabled\":1,\"organisations\":2,"
                        + "\"masterKey\":\"/data/secrets/master.key\",\"certificateUntil\":null,\"refused\":7,"
                        + "\"audit\":{\"dropped\":0,\"login.refused\":7}},"
                        + "\"disk\":{\"path\":\"" + data + "\",\"usableBytes\":")
                .endsWith("\"versions\":{\"dinrail\":\"0.1.0\",\"karaf\":\"4.4.10\",\"java\":\"17\"}}");
        assertThat(Json.readObject(json)).hasSize(9);
    }

    @Test
    void theStatusIsALineAPart() {
        everything();

        assertThat(shell.out("dinrail:status").lines())
                .hasSize(9)
                .contains(
                        "broker      Fake 1, 2 clients, 10 messages received, 20 sent, listening: mqtt 127.0.0.1:1883",
                        "connectors  1 RUNNING: filler 1/2 tags good",
                        "journal     100 recorded, 90 of 1000 held; alert lag 5 lost 2",
                        "losses      4 broker.denied, 7 telemetry.malformed",
                        "alerts      1 open",
                        "identity    1 credentials, 1 of them not active, 2 organisations, 7 logins refused, "
                                + "0 audit entries dropped, master key from /data/secrets/master.key, certificate until -",
                        "versions    dinrail 0.1.0, karaf 4.4.10, java 17");
    }

    @Test
    void whatIsNotInstalledIsNullOrSaidSo() {
        try (TestShell bare = new TestShell()) {
            assertThat(bare.out("dinrail:status --json"))
                    .startsWith("{\"broker\":null,\"connectors\":null,\"journal\":null,\"losses\":{},"
                            + "\"alerts\":null,\"commands\":null,\"identity\":null,\"disk\":{");
            assertThat(bare.out("dinrail:status")).contains("broker      not installed", "losses      none");
        }
    }

    private void everything() {
        shell.out("dinrail:credential-issue press-1");
        shell.out("dinrail:credential-disable press-1");
        shell.framework.property("dinrail.data", data.toString());
        shell.framework.property("karaf.version", "4.4.10");
        shell.framework.property("java.version", "17");
        shell.framework.add(MessageBroker.class, new FakeBroker());
        shell.framework.add(
                Journal.class,
                () -> new Journal.Status(
                        100, 90, 1000, 0, List.of(new Journal.ConsumerStatus("alert", true, 95, 5, 2, 1))));
        shell.framework.add(LossCounter.class, () -> Map.of("telemetry.malformed", 3L, "telemetry.late", 0L));
        shell.framework.add(LossCounter.class, () -> Map.of("telemetry.malformed", 4L));
    }

    private static final class FakeBroker implements MessageBroker {
        @Override
        public int publish(Message message) {
            return 0;
        }

        @Override
        public List<Session> sessions() {
            return List.of();
        }

        @Override
        public boolean kick(String clientId) {
            return false;
        }

        @Override
        public BrokerStatus status() {
            return new BrokerStatus("Fake 1", List.of("mqtt 127.0.0.1:1883"), 2, 10, 20, Map.of("denied", 4L));
        }
    }
}
