package io.dinrail.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.messaging.api.BrokerStatus;
import io.dinrail.messaging.api.Message;
import io.dinrail.messaging.api.MessageBroker;
import io.dinrail.messaging.api.Session;
import io.dinrail.messaging.api.SessionInfo;
import io.dinrail.messaging.api.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionCommandsTest extends ShellTest {
    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");
    private static final Session HERE = new Session("press-1", "press-1", "10.0.0.7:4711", NOON);

    @BeforeEach
    void broker() {
        shell.framework.add(MessageBroker.class, new TwoSessions());
    }

    @Test
    void thoseThatAreAwayAreListedToo() {
        assertThat(shell.out("dinrail:session-list")).contains("press-1", "10.0.0.7:4711", "press-2", "away");
        assertThat(shell.out("dinrail:session-list --json"))
                .contains("\"client\":\"press-2\"", "\"connected\":false", "\"waiting\":17");
    }

    @Test
    void oneIsShownWithWhatItWaitsFor() {
        assertThat(shell.out("dinrail:session-show press-2 --json"))
                .isEqualTo("{\"client\":\"press-2\",\"username\":\"press-2\",\"connected\":false,\"address\":null,"
                        + "\"connectedAt\":null,\"leftAt\":\"2026-11-29T12:00:00Z\",\"expirySeconds\":3600,"
                        + "\"subscriptions\":[\"commands/press-2/#\"],\"waiting\":17,\"inFlight\":0,"
                        + "\"received\":4,\"receivedBytes\":40,\"sent\":5,\"sentBytes\":50}");
        assertThat(shell.failure("dinrail:session-show press-3"))
                .isEqualTo("client 'press-3' has no session: dinrail:session-list shows those that have one");
    }

    @Test
    void oneThatIsConnectedCanBeDisconnected() {
        assertThat(shell.out("dinrail:session-kick press-1")).contains("press-1");
        assertThat(shell.failure("dinrail:session-kick press-2")).contains("press-2");
    }

    @Test
    void topicsAreListedWithWhatWentThrough() {
        assertThat(shell.out("dinrail:topic-list")).contains("alerts", "telemetry", "700");
        assertThat(shell.out("dinrail:topic-list --json"))
                .isEqualTo(
                        "[{\"topic\":\"alerts\",\"received\":0,\"receivedBytes\":0,\"sent\":1,\"sentBytes\":9},"
                                + "{\"topic\":\"telemetry\",\"received\":7,\"receivedBytes\":700,\"sent\":14,\"sentBytes\":1400}]");
    }

    private static final class TwoSessions implements MessageBroker {
        @Override
        public int publish(Message message) {
            return 0;
        }

        @Override
        public List<Session> sessions() {
            return List.of(HERE);
        }

        @Override
        public List<SessionInfo> sessionInfos() {
            return List.of(
                    new SessionInfo(
                            "press-1",
                            "press-1",
                            Optional.of(HERE),
                            Optional.empty(),
                            Duration.ZERO,
                            List.of(),
                            3,
                            2,
                            Traffic.NONE),
                    new SessionInfo(
                            "press-2",
                            "press-2",
                            Optional.empty(),
                            Optional.of(NOON),
                            Duration.ofHours(1),
                            List.of("commands/press-2/#"),
                            17,
                            0,
                            new Traffic(4, 40, 5, 50)));
        }

        @Override
        public SortedMap<String, Traffic> trafficByTopic() {
            return new TreeMap<>(
                    Map.of("telemetry", new Traffic(7, 700, 14, 1_400), "alerts", new Traffic(0, 0, 1, 9)));
        }

        @Override
        public boolean kick(String clientId) {
            return clientId.equals("press-1");
        }

        @Override
        public BrokerStatus status() {
            return new BrokerStatus("Fake 1", List.of(), 1, 0, 0, Map.of());
        }
    }
}
