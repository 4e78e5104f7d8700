package io.dinrail.broker.internal.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each client library gives to one of each. */
@Timeout(60)
final class IndependentClientsTest {
    @TempDir
    Path folder;

    private final List<Client> open = new ArrayList<>();
    private Server server;

    @BeforeEach
    void start() throws Exception {
        server = new Server(folder);
    }

    @AfterEach
    void stop() throws Exception {
        leave();
        server.close();
    }

    private void leave() throws Exception {
        for (Client client : open) {
            client.close();
        }
        open.clear();
    }

    private Client opened(Product product, Login login) throws Exception {
        Client client = product.client(login);
        open.add(client);
        return client;
    }

    private Client brief(Product product, String id) throws Exception {
        Client client = opened(product, Login.brief(server.address(), id));
        client.connect();
        return client;
    }

    private List<Client> oneOfEach(String filter, int qos) throws Exception {
        List<Client> all = new ArrayList<>();
        for (Product product : Product.values()) {
            Client client = brief(product, "one-" + product);
            client.subscribe(filter, qos);
            all.add(client);
        }
        return all;
    }

    private static List<Said> numbered(String topic, int qos, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> new Said(topic, "message " + number, qos, false))
                .toList();
    }

    private static void publish(Client sender, List<Said> all) throws Exception {
        for (Said said : all) {
            sender.publish(said);
        }
    }

    private static void await(List<Client> clients, Predicate<List<Said>> condition) {
        Awaitility.await().until(() -> clients.stream().map(Client::heard).allMatch(condition));
    }

    private static void assertOrder(Client receiver, String topic, int qos, int count) {
        assertThat(receiver.heard().stream().filter(said -> said.topic().equals(topic)))
                .containsExactlyElementsOf(numbered(topic, qos, count));
    }

    @ParameterizedTest
    @EnumSource
    void everyQosArrivesOnceAndInOrder(Product from) throws Exception {
        List<Client> receivers = oneOfEach("line/+", 2);
        for (Client receiver : receivers) {
            receiver.subscribe("less/+", 1);
        }
        Client sender = brief(from, "sender");
        for (int qos = 0; qos <= 2; qos++) {
            publish(sender, numbered("line/" + qos, qos, 10));
        }
        publish(sender, numbered("less/1", 2, 3));
        await(receivers, heard -> heard.size() >= 33);
        for (Client receiver : receivers) {
            for (int qos = 0; qos <= 2; qos++) {
                assertOrder(receiver, "line/" + qos, qos, 10);
            }
            assertOrder(receiver, "less/1", 1, 3);
            assertThat(receiver.heard()).hasSize(33);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theRetainedMessageComesFirstUntilItIsCleared(Product from) throws Exception {
        Said kept = new Said("state/press-1", "new", 1, true);
        Said now = new Said("state/press-1", "now", 0, false);
        publish(brief(from, "sender"), List.of(new Said("state/press-1", "old", 1, true), kept));
        leave();
        server.restart();
        List<Client> early = oneOfEach("state/#", 1);
        await(early, heard -> !heard.isEmpty());
        publish(brief(from, "sender"), List.of(now, new Said("state/press-1", "", 1, true)));
        await(early, heard -> heard.size() >= 3);
        assertThat(early)
                .allSatisfy(client ->
                        assertThat(client.heard()).containsExactly(kept, now, new Said("state/press-1", "", 1, false)));
        leave();
        List<Client> late = oneOfEach("state/#", 1);
        brief(from, "sender").publish(now);
        await(late, heard -> !heard.isEmpty());
        assertThat(late).allSatisfy(client -> assertThat(client.heard()).containsExactly(now));
    }

    @ParameterizedTest
    @EnumSource
    void theWillComesWhenTheCableIsCutAndNotAfterAGoodbye(Product from) throws Exception {
        Said will = new Said("state/press-1", "gone", 1, false);
        Said marker = new Said("state/press-1", "marker", 1, false);
        List<Client> watchers = oneOfEach("state/+", 1);
        try (Cable cable = new Cable(server.address())) {
            Login login = Login.brief(cable.address(), "press-1").withWill(will);
            opened(from, login).connect();
            cable.cut();
            await(watchers, heard -> !heard.isEmpty());
            Client polite = opened(from, login);
            polite.connect();
            polite.disconnect();
            Awaitility.await().until(() -> server.broker().connected() == watchers.size());
            watchers.get(0).publish(marker);
            await(watchers, heard -> heard.size() >= 2);
            assertThat(watchers)
                    .allSatisfy(watcher -> assertThat(watcher.heard()).containsExactly(will, marker));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWaitsForAnAbsentClientOutlivesTheEngine(Product from) throws Exception {
        for (Product product : Product.values()) {
            Client receiver = opened(product, Login.kept(server.address(), "kept-" + product));
            assertThat(receiver.connect()).isFalse();
            receiver.subscribe("jobs/+", 2);
            receiver.disconnect();
        }
        leave();
        server.restart();
        publish(brief(from, "sender"), numbered("jobs/1", 1, 10));
        publish(open.get(0), numbered("jobs/2", 2, 10));
        leave();
        server.restart();
        for (Product product : Product.values()) {
            Client receiver = opened(product, Login.kept(server.address(), "kept-" + product));
            assertThat(receiver.connect()).isTrue();
            await(List.of(receiver), heard -> heard.size() >= 20);
            assertOrder(receiver, "jobs/1", 1, 10);
            assertOrder(receiver, "jobs/2", 2, 10);
        }
    }

    @Test
    void oneOfEachShareAGroup() throws Exception {
        List<Client> members = oneOfEach("$share/team/jobs/#", 1);
        publish(members.get(0), numbered("jobs/1", 1, 40));
        Awaitility.await().until(() -> all(members).size() >= 40);
        assertThat(all(members)).containsExactlyInAnyOrderElementsOf(numbered("jobs/1", 1, 40));
        assertThat(members)
                .allSatisfy(member -> assertThat(member.heard()).as("its share").isNotEmpty());
    }

    private static List<Said> all(List<Client> members) {
        List<Said> all = new ArrayList<>();
        members.forEach(member -> all.addAll(member.heard()));
        return all;
    }
}
