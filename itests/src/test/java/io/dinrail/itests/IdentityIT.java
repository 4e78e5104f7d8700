package io.dinrail.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dinrail.itests.RawMqtt.Hello;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What administrators do about identity takes effect on those who are connected, and stands in the audit log. */
class IdentityIT {
    /** What is promised: within a second; and a busy machine is given the rest. */
    private static final Duration SOON = Duration.ofSeconds(20);

    private static final int NOT_AUTHORISED = 0x87;

    private static LaunchedPlatform platform;
    private static Plant plant;

    @BeforeAll
    static void start() throws IOException {
        platform = LaunchedPlatform.start();
        plant = new Plant(platform);
        EventRecorder.install(platform);
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    private static RawMqtt open(Hello hello) throws IOException {
        return new RawMqtt(new Socket("127.0.0.1", platform.ports().mqtt()), hello);
    }

    private static int code(String login, String password) throws IOException {
        try (RawMqtt client = open(Hello.of(RawMqtt.V5, login.split("@")[0], login, password))) {
            return client.code();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {RawMqtt.V3, RawMqtt.V5})
    void aRevokedDeviceIsGoneWithItsQueueAndItsNeighboursAreNot(int version) throws Exception {
        String thief = "thief-" + version;
        String good = "good-" + version;
        platform.ask("dinrail:device-add hall-" + version);
        platform.ask("dinrail:device-add " + thief + " --gateway hall-" + version);
        platform.ask("dinrail:device-add " + good + " --gateway hall-" + version);
        String password = plant.password(thief, "");
        Hello hello = Hello.of(version, thief, thief, password).kept();
        try (RawMqtt sleeper = open(hello)) {
            sleeper.subscribe("commands/" + thief + "/#");
        }
        try (RawMqtt backend = open(Hello.of(
                        version,
                        "boss-" + version,
                        "boss-" + version,
                        plant.password("boss-" + version, "--rule-set backend")));
                RawMqtt neighbour = open(Hello.of(version, good, good, plant.password(good, "")))) {
            backend.publish("commands/" + thief, "queued", false);
            try (RawMqtt publishing = open(hello)) {
                await().atMost(Platform.PATIENCE)
                        .until(() -> publishing.heard().stream()
                                .anyMatch(m -> m.payload().equals("queued")));
                assertThat(publishing.publish("telemetry/" + thief + "/x", "1", false))
                        .isZero();

                platform.ask("dinrail:credential-revoke " + thief);

                assertThat(publishing.awaitEnd()).isEqualTo(version == RawMqtt.V5 ? NOT_AUTHORISED : -1);
            }
            assertThat(open(hello).code()).isEqualTo(version == RawMqtt.V5 ? 0x86 : 4);
            backend.publish("commands/" + thief, "after", false);
            assertThat(neighbour.open()).isTrue();
            assertThat(neighbour.publish("telemetry/" + good + "/x", "1", false))
                    .isZero();

            // the name is free again, and its new owner finds nothing of the old one
            Hello heir =
                    Hello.of(version, thief, thief, plant.password(thief, "")).kept();
            try (RawMqtt client = open(heir)) {
                client.subscribe("commands/" + thief + "/new");
                backend.publish("commands/" + thief + "/new", "new", false);
                await().atMost(Platform.PATIENCE).until(() -> !client.heard().isEmpty());
                assertThat(client.heard()).extracting(MqttClient.Heard::payload).containsExactly("new");
            }
        }
    }

    @Test
    void aDisabledCredentialIsKeptOutUntilItIsEnabled() throws Exception {
        String password = plant.password("lathe-1", "");
        try (RawMqtt client = open(Hello.of(RawMqtt.V5, "lathe-1", "lathe-1", password))) {
            platform.ask("dinrail:credential-disable lathe-1");
            assertThat(client.awaitEnd()).isEqualTo(NOT_AUTHORISED);
        }
        assertThat(code("lathe-1", password)).isEqualTo(NOT_AUTHORISED);
        assertThat(code("lathe-1", "wrong")).isEqualTo(0x86);
        platform.ask("dinrail:credential-enable lathe-1");
        assertThat(code("lathe-1", password)).isZero();
    }

    @Test
    void bothSecretsWorkDuringARotationAndAConnectionGoesOn() throws Exception {
        String old = plant.password("oven-1", "");
        try (RawMqtt client = open(Hello.of(RawMqtt.V5, "oven-1", "oven-1", old))) {
            String fresh = Json.text(platform.ask("dinrail:credential-rotate oven-1 --overlap 1h --json"), "password");
            assertThat(client.publish("telemetry/oven-1/x", "1", false)).isZero();
            assertThat(fresh).isNotEqualTo(old);
            assertThat(code("oven-1", fresh)).isZero();
            assertThat(code("oven-1", old)).isZero();
        }
        platform.ask("dinrail:credential-rotate oven-1 --overlap 0s --json");
        assertThat(code("oven-1", old)).isEqualTo(0x86);
    }

    @Test
    void aSubscriptionThatTheRulesNoLongerCoverGoes() throws Exception {
        Path rules = Files.writeString(platform.data().resolve("sight.json"), """
                [{"user": "%", "topic": "hall/#", "permission": "subscribe"}]
                """);
        platform.ask("dinrail:acl-import " + rules + " --name sight");
        String password = plant.password("viewer-1", "--rule-set sight");
        try (RawMqtt three = open(Hello.of(RawMqtt.V3, "viewer-1", "viewer-1", password));
                RawMqtt five = open(Hello.of(RawMqtt.V5, "viewer-1-5", "viewer-1", password));
                RawMqtt backend =
                        open(Hello.of(RawMqtt.V5, "mes", "mes", plant.password("mes", "--rule-set backend")))) {
            three.subscribe("hall/1/secret");
            three.subscribe("hall/2/open");
            five.subscribe("hall/1/secret");
            Files.writeString(rules, """
                    [{"user": "%", "topic": "hall/2/#", "permission": "subscribe"}]
                    """);
            platform.ask("dinrail:acl-import " + rules + " --name sight");
            assertThat(five.awaitEnd()).isEqualTo(NOT_AUTHORISED);
            backend.publish("hall/1/secret", "no", false);
            backend.publish("hall/2/open", "yes", false);
            await().atMost(Platform.PATIENCE).until(() -> !three.heard().isEmpty());
            assertThat(three.heard()).extracting(MqttClient.Heard::payload).containsExactly("yes");
        }
        assertThat(platform.ask("dinrail:acl-explain viewer-1 subscribe hall/1/secret --json"))
                .contains("\"allowed\":false");
        assertThat(platform.ask("dinrail:acl-explain viewer-1 subscribe hall/2/open --json"))
                .contains("\"allowed\":true")
                .contains("hall/2/#");
    }

    @Test
    void aDeviceThatIsMovedToAnotherFleetHearsOfThatOne() throws Exception {
        platform.ask("dinrail:device-add agv-1 --fleet north");
        try (RawMqtt device = open(Hello.of(RawMqtt.V3, "agv-1", "agv-1", plant.password("agv-1", "")));
                RawMqtt backend =
                        open(Hello.of(RawMqtt.V5, "wms", "wms", plant.password("wms", "--rule-set backend")))) {
            assertThat(device.subscribe("fleets/north/commands")).isEqualTo(1);
            assertThat(device.subscribe("fleets/south/commands")).isEqualTo(0x80);
            platform.ask("dinrail:device-change agv-1 --fleet south");
            await().atMost(SOON).until(() -> device.subscribe("fleets/south/commands") == 1);
            backend.publish("fleets/north/commands", "north", false);
            backend.publish("fleets/south/commands", "south", false);
            await().atMost(Platform.PATIENCE).until(() -> !device.heard().isEmpty());
            assertThat(device.heard()).extracting(MqttClient.Heard::payload).containsExactly("south");
        }
    }

    @Test
    void nobodyTakesAnothersSessionOver() throws Exception {
        String owner = plant.password("pump-1", "");
        plant.password("pump-2", "");
        try (RawMqtt pump = open(Hello.of(RawMqtt.V5, "pump-1", "pump-1", owner))) {
            String other = plant.password("intruder", "--rule-set backend");
            assertThat(open(Hello.of(RawMqtt.V5, "pump-1", "intruder", other)).code())
                    .isEqualTo(0x85);
            assertThat(open(Hello.of(RawMqtt.V3, "pump-1", "intruder", other)).code())
                    .isEqualTo(2);
            assertThat(pump.open()).isTrue();
        }
    }

    @Test
    void aTokenEndsWithItsTimeAndAKeyWithItsTokens() throws Exception {
        String key = Json.text(platform.ask("dinrail:key-create line --patterns 'devices/**' --json"), "id");
        String mint = "dinrail:token-mint " + key + " --peer cam-1 --channels devices/cam-1/events --json --expires ";
        String brief = Json.text(platform.ask(mint + "3s"), "token");
        try (RawMqtt client = open(Hello.of(RawMqtt.V5, "cam-1", "cam-1", brief))) {
            assertThat(client.code()).isZero();
            assertThat(client.awaitEnd()).isEqualTo(NOT_AUTHORISED);
        }
        assertThat(code("cam-1", brief)).isEqualTo(NOT_AUTHORISED);

        String lasting = Json.text(platform.ask(mint + "1h"), "token");
        assertThat(code("cam-2", lasting)).as("somebody else's token").isEqualTo(0x86);
        try (RawMqtt client = open(Hello.of(RawMqtt.V5, "cam-1", "cam-1", lasting))) {
            platform.ask("dinrail:key-disable " + key);
            assertThat(client.awaitEnd()).isEqualTo(NOT_AUTHORISED);
        }
        assertThat(code("cam-1", lasting)).isNotZero();
    }

    @Test
    void aGatewayEnrolsItselfOnce() throws Exception {
        String code =
                Json.text(platform.ask("dinrail:enrolment-open gw-9 --rule-set gateway --expires 1h --json"), "code");
        String password;
        try (RawMqtt client = open(Hello.of(RawMqtt.V5, "gw-9", "gw-9", code))) {
            assertThat(client.code()).isZero();
            assertThat(client.publish("telemetry/gw-9/x", "1", false))
                    .as("a code opens nothing else")
                    .isEqualTo(0x87);
            client.subscribe("_system/enrolment/gw-9/answer");
            client.publish("_system/enrolment/gw-9/request", "{\"code\": \"" + code + "\"}", false);
            await().atMost(Platform.PATIENCE).until(() -> !client.heard().isEmpty());
            password = Json.text(client.heard().get(0).payload().replace("\": \"", "\":\""), "password");
        }
        assertThat(code("gw-9", password)).isZero();
        assertThat(code("gw-9", code)).as("a used code").isNotZero();
        assertThat(platform.ask("dinrail:device-list --json")).contains("gw-9");
    }

    @Test
    void tenThousandComeFromAFileAndLogIn() throws Exception {
        StringBuilder csv = new StringBuilder("name,rule_set\n");
        IntStream.range(0, 10_000).forEach(i -> csv.append("bulk-").append(i).append(",device\n"));
        Path file = Files.writeString(platform.data().resolve("bulk.csv"), csv);
        Path out = platform.data().resolve("bulk-issued.csv");
        platform.ask("dinrail:credential-import " + file + " --out " + out);
        List<String> lines = Files.readAllLines(out);
        assertThat(lines).hasSize(10_001);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out)))
                .isEqualTo("rw-------");
        String[] last = lines.get(10_000).split(",");
        assertThat(code(last[0], last[1])).isZero();
        Files.delete(out); // it is the administrator's to keep; the sweep for secrets would find it

        Answer again = platform.run("dinrail:credential-import " + file + " --out " + out);
        assertThat(again.status()).isNotZero();
        assertThat(again.err()).contains("bulk-0").contains("line 2");
        assertThat(out).doesNotExist();
    }

    @Test
    void eachRoleDoesWhatItMayAndNoMore() throws Exception {
        Map<String, KeyPair> keys = new LinkedHashMap<>();
        for (String[] person : new String[][] {{"vera", "viewer"}, {"otto", "operator"}, {"emil", "engineer"}}) {
            KeyPair pair = KeyUtils.generateKeyPair("ecdsa-sha2-nistp256", 256);
            keys.put(person[0], pair);
            platform.ask("dinrail:person-add " + person[0] + " --role " + person[1] + " --key '"
                    + PublicKeyEntry.toString(pair.getPublic()) + "'");
        }
        String[][] may = {
            {"dinrail:status", "vera otto emil"},
            {"dinrail:command-send lathe-1 reboot", "otto emil"},
            {"dinrail:device-add role-EACH", "emil"},
            {"dinrail:credential-issue role-EACH", ""},
            {"dinrail:audit-list", ""},
            {"bundle:list", ""},
            {"shell:exec id", ""}
        };
        for (String person : keys.keySet()) {
            KeyIdentityProvider own = KeyIdentityProvider.wrapKeyPairs(keys.get(person));
            try (RemoteShell shell = new RemoteShell(platform.ports().ssh(), person, own)) {
                for (String[] line : may) {
                    Answer answer = shell.run(line[0].replace("EACH", person));
                    boolean refused = answer.status() != 0
                            && (answer.err().contains("role") || answer.err().contains("not found"));
                    assertThat(refused)
                            .as("%s refused to %s: %s", line[0], person, answer)
                            .isEqualTo(!line[1].contains(person));
                }
            }
        }
        platform.ask("dinrail:person-disable vera");
        assertThat(RemoteShell.admits(
                        platform.ports().ssh(), "vera", KeyIdentityProvider.wrapKeyPairs(keys.get("vera"))))
                .isFalse();
    }

    @Test
    void everyChangeStandsInTheAuditLogWhichIsWhole() throws Exception {
        plant.password("audited-1", "");
        assertThat(code("audited-1", "a wrong guess")).isEqualTo(0x86);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(platform.ask("dinrail:audit-list --since 1h --limit 100000"))
                        .contains("credential.issued")
                        .contains("audited-1")
                        .contains("login.refused")
                        .contains("admin"));
        assertThat(platform.ask("dinrail:audit-verify")).contains("whole");
    }

    @Test
    void aBackupRestoredElsewhereLetsTheSameDevicesIn() throws Exception {
        String password = plant.password("saved-1", "");
        Path file = platform.data().resolve("dinrail-backup.zip");
        platform.ask("dinrail:backup-create " + file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Launcher elsewhere = Launcher.unpack();
        Path data = Files.createDirectories(elsewhere.home().resolve("restored"));
        unpack(file, data);
        Files.delete(file);
        try (LaunchedPlatform restored = LaunchedPlatform.start(elsewhere, "restored");
                RawMqtt client = new RawMqtt(
                        new Socket("127.0.0.1", restored.ports().mqtt()),
                        Hello.of(RawMqtt.V5, "saved-1", "saved-1", password))) {
            assertThat(client.code()).isZero();
        }
    }

    private static void unpack(Path file, Path folder) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                Path to = folder.resolve(entry.getName());
                Files.createDirectories(entry.isDirectory() ? to : to.getParent());
                if (!entry.isDirectory()) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        Files.copy(in, to);
                    }
                }
            }
        }
    }

    @Test
    void theMasterKeyChangesAndEverybodyStillGetsIn() throws Exception {
        String password = plant.password("kept-1", "");
        byte[] before = Files.readAllBytes(platform.secrets().resolve("master.key"));
        platform.ask("dinrail:master-key-rotate");
        assertThat(Files.readAllBytes(platform.secrets().resolve("master.key"))).isNotEqualTo(before);
        assertThat(code("kept-1", password)).isZero();
        assertThat(Set.of(code("kept-1", "wrong"))).containsExactly(0x86);
    }
}
