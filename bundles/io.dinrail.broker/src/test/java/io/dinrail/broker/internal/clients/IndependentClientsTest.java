package io.dinrail.broker.internal.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each client library gives to each. */
@Timeout(60)
final class IndependentClientsTest {
    @TempDir
    Path folder;

    private Server server;

    @BeforeEach
    void start() throws Exception {
        server = new Server(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    static Stream<Arguments> pairs() {
        return Stream.of(Product.values())
                .flatMap(sender -> Stream.of(Product.values()).map(receiver -> Arguments.of(sender, receiver)));
    }

    private Client brief(Product product, String id) throws Exception {
        return product.connected(Login.brief(server.address(), id));
    }

    private static List<Said> numbered(String topic, int qos, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> new Said(topic, "message " + number, qos, false))
                .toList();
    }

    private static List<Said> of(List<Said> heard, String topic) {
        return heard.stream().filter(said -> said.topic().equals(topic)).toList();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void everyQosArrivesOnceAndInOrder(Product from, Product to) throws Exception {
        try (Client sender = brief(from, "sender");
                Client receiver = brief(to, "receiver")) {
            receiver.subscribe("line/+", 2);
            receiver.subscribe("less/+", 1);
            for (int qos = 0; qos <= 2; qos++) {
                for (Said said : numbered("line/" + qos, qos, 10)) {
                    sender.publish(said);
                }
            }
            sender.publish(new Said("less/1", "lower", 2, false));
            await().until(() -> receiver.heard().size() >= 31);
            for (int qos = 0; qos <= 2; qos++) {
                assertThat(of(receiver.heard(), "line/" + qos)).isEqualTo(numbered("line/" + qos, qos, 10));
            }
            assertThat(of(receiver.heard(), "less/1")).containsExactly(new Said("less/1", "lower", 1, false));
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void theRetainedMessageComesFirstUntilItIsCleared(Product from, Product to) throws Exception {
        Said now = new Said("state/press-1", "now", 0, false);
        try (Client sender = brief(from, "sender")) {
            sender.publish(new Said("state/press-1", "old", 1, true));
            sender.publish(new Said("state/press-1", "new", 1, true));
            server.restart();
        }
        try (Client sender = brief(from, "sender")) {
            try (Client early = brief(to, "early")) {
                early.subscribe("state/#", 1);
                await().until(() -> !early.heard().isEmpty());
                sender.publish(now);
                await().until(() -> early.heard().size() >= 2);
                assertThat(early.heard()).containsExactly(new Said("state/press-1", "new", 1, true), now);
            }
            sender.publish(new Said("state/press-1", "", 1, true));
            try (Client late = brief(to, "late")) {
                late.subscribe("state/#", 1);
                sender.publish(now);
                await().until(() -> !late.heard().isEmpty());
                assertThat(late.heard()).containsExactly(now);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void theWillComesWhenTheCableIsCutAndNotAfterAGoodbye(Product from, Product to) throws Exception {
        Said will = new Said("state/press-1", "gone", 1, false);
        Said marker = new Said("state/press-1", "marker", 1, false);
        try (Cable cable = new Cable(server.address());
                Client watcher = brief(to, "watcher")) {
            watcher.subscribe("state/+", 1);
            Login login = Login.brief(cable.address(), "press-1").withWill(will);
            try (Client cut = from.connected(login)) {
                cable.cut();
                await().until(() -> !watcher.heard().isEmpty());
            }
            try (Client polite = from.connected(login)) {
                polite.disconnect();
            }
            await().until(() -> server.broker().connected() == 1);
            watcher.publish(marker);
            await().until(() -> watcher.heard().size() >= 2);
            assertThat(watcher.heard()).containsExactly(will, marker);
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void whatWaitsForAnAbsentClientOutlivesTheEngine(Product from, Product to) throws Exception {
        Login login = Login.kept(server.address(), "receiver");
        try (Client receiver = to.client(login)) {
            assertThat(receiver.connect()).isFalse();
            receiver.subscribe("jobs/+", 2);
            receiver.disconnect();
        }
        server.restart();
        try (Client sender = brief(from, "sender")) {
            for (int qos = 1; qos <= 2; qos++) {
                for (Said said : numbered("jobs/" + qos, qos, 10)) {
                    sender.publish(said);
                }
            }
        }
        server.restart();
        try (Client receiver = to.client(login)) {
            assertThat(receiver.connect()).isTrue();
            await().until(() -> receiver.heard().size() >= 20);
            for (int qos = 1; qos <= 2; qos++) {
                assertThat(of(receiver.heard(), "jobs/" + qos)).isEqualTo(numbered("jobs/" + qos, qos, 10));
            }
        }
    }

    @Test
    void oneOfEachShareAGroup() throws Exception {
        try (Client one = brief(Product.HIVE_3, "one");
                Client two = brief(Product.HIVE_5, "two");
                Client three = brief(Product.PAHO_3, "three");
                Client four = brief(Product.PAHO_5, "four")) {
            List<Client> members = List.of(one, two, three, four);
            for (Client member : members) {
                member.subscribe("$share/team/jobs/#", 1);
            }
            for (Said said : numbered("jobs/1", 1, 40)) {
                one.publish(said);
            }
            await().until(() -> all(members).size() >= 40);
            assertThat(all(members)).containsExactlyInAnyOrderElementsOf(numbered("jobs/1", 1, 40));
            assertThat(members)
                    .allSatisfy(member -> assertThat(member.heard()).as("its share").isNotEmpty());
        }
    }

    private static List<Said> all(List<Client> members) {
        List<Said> all = new ArrayList<>();
        members.forEach(member -> all.addAll(member.heard()));
        return all;
    }
}
