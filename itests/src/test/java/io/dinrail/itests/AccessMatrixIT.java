package io.dinrail.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dinrail.itests.RawMqtt.Hello;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every kind of principal does everything with every kind of topic, in both versions of MQTT. What counts is what is delivered; the codes are not looked
 * at. What should be delivered is said here by expressions of another kind than the platform's rules.
 */
class AccessMatrixIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    private static final List<String> TOPICS = List.of(
            "telemetry/press-1",
            "telemetry/press-1/x",
            "telemetry/press-2/x",
            "telemetry/child-1/x",
            "telemetry/token-1/x",
            "devices/press-1/status",
            "devices/press-1/commands",
            "devices/press-2/status",
            "devices/child-1/status",
            "devices/child-1/commands",
            "devices/token-1/events",
            "devices/token-1/commands",
            "commands/press-1",
            "commands/press-1/x",
            "commands/press-1/ack",
            "commands/press-2",
            "commands/gw-1/x",
            "commands/child-1/x",
            "alerts/press-1/critical",
            "alerts/press-2/critical",
            "alerts/child-1/critical",
            "fleets/f1/commands",
            "fleets/f1/events",
            "fleets/f2/commands",
            "fleets/f2/events",
            "gateways/gw-1/aggregated",
            "response/press-1",
            "plain");
    /** Nobody who has a credential may ever publish there, or hear what the platform says there. */
    private static final List<String> CLOSED = List.of(
            "$SYS/x",
            "$org/press-1/x",
            "_system/x",
            "_SYSTEM/x",
            "_internal/x",
            "_metered/x",
            "_system/enrolment/press-1/answer");

    private static final List<String> FILTERS = List.of(
            "commands/press-1/#",
            "commands/press-1",
            "commands/press-2/#",
            "commands/gw-1/#",
            "commands/child-1/#",
            "commands/+/x",
            "commands/#",
            "devices/press-1/commands",
            "devices/child-1/commands",
            "devices/token-1/commands",
            "devices/+/commands",
            "devices/#",
            "telemetry/#",
            "telemetry/press-1/#",
            "telemetry/+/x",
            "alerts/#",
            "gateways/#",
            "fleets/f1/commands",
            "fleets/f2/commands",
            "fleets/+/commands",
            "response/press-1",
            "#",
            "+",
            "+/+/+",
            "$SYS/#",
            "$org/#",
            "_system/#",
            "_system/+/press-1/+");

    /**
     * One who tries.
     *
     * @param login the user name and client id.
     * @param home its organisation's id, or {@code default}.
     * @param publishes which topics it may publish on.
     * @param subscribes which filters it may subscribe to.
     * @param sentinel a topic that it may hear.
     */
    private record Role(
            String name,
            String clientId,
            String login,
            String password,
            String home,
            Predicate<String> publishes,
            Predicate<String> subscribes,
            String sentinel) {
        Hello hello(int version) {
            return Hello.of(version, clientId, login, password);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static LaunchedPlatform platform;
    private static String otherOrganisation;
    private static final List<Role> ROLES = new ArrayList<>();
    private static final Map<String, Role> OBSERVERS = new LinkedHashMap<>();

    @BeforeAll
    static void start() throws Exception {
        platform = LaunchedPlatform.start();
        Plant plant = new Plant(platform);
        // as fast as they can: this is not about rates
        Files.writeString(platform.etc().resolve("io.dinrail.broker.cfg"), "limit.publish.rate = 0\n");
        await().atMost(Platform.PATIENCE).ignoreExceptions().until(() -> {
            try (Socket socket = socket()) {
                return socket.isConnected();
            }
        });
        otherOrganisation = Json.text(platform.ask("dinrail:organisation-add 'second tenant' --json"), "organisation");
        platform.ask("dinrail:device-add press-1 --fleet f1");
        platform.ask("dinrail:device-add press-2 --fleet f2");
        platform.ask("dinrail:device-add gw-1");
        platform.ask("dinrail:device-add child-1 --gateway gw-1 --fleet f2");

        String device = "telemetry/SELF(/.*)?|devices/SELF/(?!commands$)[^/]+|commands/SELF/ack|alerts/SELF/[^/]+";
        String hears = "commands/SELF(/#)?|devices/SELF/commands|response/SELF";
        observer(plant, "default", "scada", "scada");
        observer(plant, otherOrganisation, "scada", "scada@" + otherOrganisation);
        role(
                plant,
                "press-1",
                "default",
                "--rule-set device",
                device + "|fleets/f1/events",
                hears + "|fleets/f1/commands");
        role(
                plant,
                "press-2",
                "default",
                "--rule-set device",
                device + "|fleets/f2/events",
                hears + "|fleets/f2/commands");
        String child =
                "|telemetry/child-1(/.*)?|devices/child-1/(?!commands$)[^/]+|alerts/child-1/[^/]+|gateways/SELF(/.*)?";
        role(
                plant,
                "gw-1",
                "default",
                "--rule-set gateway",
                device + child,
                hears + "|commands/child-1/#|devices/child-1/commands");
        role(plant, "press-1", otherOrganisation, "--rule-set device", device, hears);
        role(plant, "office", "default", "--rule-set backend", ".*", "[^$_].*");
        role(plant, "office", otherOrganisation, "--rule-set backend", ".*", "[^$_].*");
        role(plant, "screen", "default", "--rule-set dashboard", "", "(telemetry|devices|alerts|gateways)/.*");
        token();
    }

    private static void observer(Plant plant, String organisation, String name, String login) {
        OBSERVERS.put(
                organisation,
                new Role(
                        name,
                        name,
                        login,
                        plant.password(login, "--rule-set backend"),
                        organisation,
                        t -> true,
                        f -> true,
                        "plain"));
    }

    private static void role(
            Plant plant, String name, String organisation, String options, String publishes, String subscribes) {
        String login = organisation.equals("default") ? name : name + "@" + organisation;
        boolean screen = name.equals("screen");
        ROLES.add(new Role(
                login + " " + options,
                name,
                login,
                plant.password(login, options),
                organisation,
                matching(publishes, name),
                matching(subscribes, name),
                screen ? "telemetry/sentinel" : "commands/" + name + "/sentinel"));
    }

    /** A device with a web token that names its own channels, but may not command itself. */
    private static void token() {
        String key = Json.text(
                platform.ask("dinrail:key-create provisioning --patterns 'devices/**,telemetry/**' --json"), "id");
        String token = Json.text(
                platform.ask("dinrail:token-mint " + key + " --peer token-1"
                        + " --channels devices/token-1/events,devices/token-1/commands,telemetry/token-1/*"
                        + " --permissions publish,subscribe --expires 1h --json"),
                "token");
        ROLES.add(new Role(
                "web token of token-1",
                "token-1",
                "token-1",
                token,
                "default",
                matching("devices/token-1/events|telemetry/token-1/[^/]*", ""),
                matching("devices/token-1/(events|commands)|telemetry/token-1/[^/]*", ""),
                "devices/token-1/events"));
    }

    private static Predicate<String> matching(String expression, String self) {
        return Pattern.compile(expression.replace("SELF", self)).asMatchPredicate();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    private static Socket socket() throws IOException {
        return new Socket("127.0.0.1", platform.ports().mqtt());
    }

    private static RawMqtt open(Hello hello) throws IOException {
        RawMqtt client = new RawMqtt(socket(), hello);
        assertThat(client.code()).as("%s is let in", hello.username()).isZero();
        return client;
    }

    private static RawMqtt observing(String organisation) throws IOException {
        RawMqtt observer = open(OBSERVERS.get(organisation).hello(RawMqtt.V5));
        assertThat(observer.subscribe("#")).isLessThan(3);
        return observer;
    }

    @ParameterizedTest
    @ValueSource(ints = {RawMqtt.V3, RawMqtt.V5})
    void whatIsPublishedIsDeliveredWhereItMayBeAndNowhereElse(int version) throws Exception {
        Map<String, Set<String>> expected = new LinkedHashMap<>();
        try (RawMqtt here = observing("default");
                RawMqtt there = observing(otherOrganisation)) {
            for (Role role : ROLES) {
                Set<String> due = expected.computeIfAbsent(role.home(), home -> new TreeSet<>());
                for (String how : List.of("once", "kept", "will")) {
                    publishAll(role, version, how, due);
                }
            }
            await().atMost(SOON).untilAsserted(() -> {
                assertThat(difference(expected.get("default"), payloads(here, version)))
                        .isEmpty();
                assertThat(difference(expected.get(otherOrganisation), payloads(there, version)))
                        .isEmpty();
            });
            // what is retained is what was delivered, commands excepted: nobody is to repeat an old one
            Set<String> kept = retained("default", version);
            Set<String> keptThere = retained(otherOrganisation, version);
            assertThat(kept).isSubsetOf(expected.get("default")).noneMatch(text -> text.contains("|commands/press"));
            assertThat(keptThere).isSubsetOf(expected.get(otherOrganisation));
            assertThat(kept).anyMatch(text -> text.contains("press-1")).noneMatch(text -> text.contains(" once"));
        }
    }

    private static Set<String> difference(Set<String> due, Set<String> heard) {
        Set<String> wrong = new TreeSet<>();
        due.stream().filter(text -> !heard.contains(text)).forEach(text -> wrong.add("missing: " + text));
        heard.stream().filter(text -> !due.contains(text)).forEach(text -> wrong.add("too much: " + text));
        return wrong;
    }

    /** Publishes on every topic, and adds what of it is due to be delivered. */
    private void publishAll(Role role, int version, String how, Set<String> due) throws IOException {
        List<String> topics = new ArrayList<>(TOPICS);
        topics.addAll(CLOSED);
        boolean will = how.equals("will");
        RawMqtt client = will ? null : open(role.hello(version));
        for (String topic : topics) {
            String payload = role + "|" + topic + "|" + version + " " + how;
            if (!CLOSED.contains(topic) && role.publishes().test(topic)) {
                due.add(payload);
            }
            if (will) {
                RawMqtt dying = new RawMqtt(socket(), role.hello(version).will(topic, payload, true));
                dying.code();
                dying.die();
            } else {
                client.publish(topic, payload, how.equals("kept"));
            }
        }
        if (client != null) {
            client.close();
        }
    }

    /** What came of this version's run; what another left retained is not counted. */
    private static Set<String> payloads(RawMqtt observer, int version) {
        Set<String> all = new TreeSet<>();
        observer.heard().stream()
                .map(MqttClient.Heard::payload)
                .filter(text -> text.contains("|" + version + " "))
                .forEach(all::add);
        return all;
    }

    private static Set<String> retained(String organisation, int version) throws IOException {
        try (RawMqtt fresh = observing(organisation)) {
            fresh.publish("plain", "end", false);
            await().atMost(Platform.PATIENCE)
                    .until(() ->
                            fresh.heard().stream().anyMatch(m -> m.payload().equals("end")));
            return payloads(fresh, version);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {RawMqtt.V3, RawMqtt.V5})
    void whatIsHeardIsWhatMayBeHeardAndNothingElse(int version) throws Exception {
        List<String> wrong = new ArrayList<>();
        try (RawMqtt here = open(OBSERVERS.get("default").hello(version));
                RawMqtt there = open(OBSERVERS.get(otherOrganisation).hello(version))) {
            for (String topic : TOPICS) {
                here.publish(topic, "default|" + topic + "|kept", true);
                there.publish(topic, otherOrganisation + "|" + topic + "|kept", true);
            }
            for (String filter : FILTERS) {
                listen(version, filter, filter, here, there, wrong);
                if (version == RawMqtt.V5) {
                    listen(version, filter, "$share/g/" + filter, here, there, wrong);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** Lets everybody subscribe to one filter, has everything published in both organisations, and looks at what came. */
    private void listen(int version, String filter, String asked, RawMqtt here, RawMqtt there, List<String> wrong)
            throws Exception {
        Map<Role, RawMqtt> clients = new LinkedHashMap<>();
        for (Role role : ROLES) {
            RawMqtt client = open(role.hello(version));
            client.subscribe(asked.startsWith("$share") ? asked.replace("/g/", "/" + role.clientId() + "/") : asked);
            client.subscribe(role.sentinel());
            clients.put(role, client);
        }
        for (String topic : TOPICS) {
            here.publish(topic, "default|" + topic + "|live", false);
            there.publish(topic, otherOrganisation + "|" + topic + "|live", false);
        }
        for (Role role : ROLES) {
            (role.home().equals("default") ? here : there).publish(role.sentinel(), "end", false);
        }
        clients.forEach((role, client) -> {
            await("the end, to " + role + " with " + asked)
                    .atMost(Platform.PATIENCE)
                    .until(() ->
                            client.heard().stream().anyMatch(m -> m.payload().equals("end")));
            judge(role, filter, asked, client.heard(), wrong);
            client.close();
        });
    }

    private void judge(Role role, String filter, String asked, List<MqttClient.Heard> heard, List<String> wrong) {
        Set<String> live = new TreeSet<>();
        for (MqttClient.Heard message : heard) {
            if (message.payload().equals("end")) {
                continue;
            }
            String[] said = message.payload().split("\\|"); // organisation, topic, how
            boolean due = message.topic().equals(role.sentinel())
                    || role.subscribes().test(filter) && Topics.matches(filter, message.topic());
            if (!due || !said[0].equals(role.home()) || !said[1].equals(message.topic())) {
                wrong.add(role + " with " + asked + " heard " + message);
            } else if (said[2].equals("live")) {
                live.add(message.topic());
            }
        }
        TOPICS.stream()
                .filter(topic -> role.subscribes().test(filter) && Topics.matches(filter, topic))
                .filter(topic -> !live.contains(topic))
                .forEach(topic -> wrong.add(role + " with " + asked + " did not hear " + topic));
    }

    /** Which topics a filter matches (MQTT 5.0, section 4.7), said by a regular expression. */
    private static final class Topics {
        private Topics() {}

        static boolean matches(String filter, String topic) {
            String expression = Pattern.quote(filter)
                    .replace("/#", "\\E(/.*)?\\Q")
                    .replace("#", "\\E.*\\Q")
                    .replace("+", "\\E[^/]*\\Q");
            return topic.matches(expression) && !(topic.startsWith("$") && filter.matches("[+#].*"));
        }
    }
}
