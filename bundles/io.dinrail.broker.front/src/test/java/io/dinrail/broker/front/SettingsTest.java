package io.dinrail.broker.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    /** A file that sets nothing. */
    private static final BrokerConfig FILE = (BrokerConfig) Proxy.newProxyInstance(
            BrokerConfig.class.getClassLoader(),
            new Class<?>[] {BrokerConfig.class},
            (proxy, method, arguments) -> method.getDefaultValue());

    private static Settings settings(Map<String, String> properties) {
        return Settings.of(FILE, properties::get);
    }

    @Test
    void plaintextStaysOnLoopbackAndTlsIsEverywhere() {
        Settings settings = settings(Map.of());
        assertThat(settings.listening().plain()).contains(new InetSocketAddress("127.0.0.1", 1883));
        assertThat(settings.listening().tls()).contains(new InetSocketAddress("0.0.0.0", 8883));
        assertThat(settings.folder()).isEqualTo(Path.of("data", "broker"));
    }

    @Test
    void thePlatformsPropertiesWin() {
        Settings settings = settings(Map.of(
                "dinrail.mqtt.port", "0",
                "dinrail.mqtts.port", "9883",
                "dinrail.data", "/tmp/x"));
        assertThat(settings.listening().plain()).isEmpty();
        assertThat(settings.listening().tls()).contains(new InetSocketAddress("0.0.0.0", 9883));
        assertThat(settings.folder()).isEqualTo(Path.of("/tmp/x/broker"));
    }

    @Test
    void aBadPortIsNamed() {
        assertThatThrownBy(() -> settings(Map.of("dinrail.mqtt.port", "many")))
                .hasMessage("mqtt.port (dinrail.mqtt.port): 0 to 65535, not 'many'");
    }

    /** A file that sets one key. */
    private static Settings with(String method, Object value) {
        BrokerConfig file = (BrokerConfig) Proxy.newProxyInstance(
                BrokerConfig.class.getClassLoader(),
                new Class<?>[] {BrokerConfig.class},
                (proxy, asked, arguments) -> asked.getName().equals(method) ? value : asked.getDefaultValue());
        return Settings.of(file, name -> null);
    }

    @Test
    void theDefaultsAreThoseOfTheReference() {
        Settings settings = settings(Map.of());
        assertThat(settings.anonymousRuleSet()).isEmpty();
        assertThat(settings.bounds().connects()).isEqualTo(60);
        assertThat(settings.bounds().publishes()).isEqualTo(new Bounds.Rate(100, 200));
        assertThat(settings.bounds().inflight()).isEqualTo(100);
        assertThat(settings.keeping().longestSession()).isEqualTo(2_592_000);
    }

    @ParameterizedTest
    @CsvSource({"90, 90", "90s, 90", "15m, 900", "12h, 43200", "1d, 86400", "' 2 d ', 172800"})
    void aPeriodIsSecondsOrHasAUnit(String text, int seconds) {
        assertThat(with("session_expiry_max", text).keeping().longestSession()).isEqualTo(seconds);
    }

    @ParameterizedTest
    @CsvSource({
        "session_expiry_max, 0, session.expiry.max",
        "session_expiry_max, 99999d, session.expiry.max",
        "session_expiry_max, soon, session.expiry.max",
        "limit_connects_allow, everybody, limit.connects.allow",
        "proxy_protocol_from, everybody, proxy.protocol.from",
        "proxy_protocol, http, proxy.protocol",
        "durability, maybe, durability",
        "queue_full, burst, queue.full",
        "durability_organisations, org_a, durability.organisations",
        "durability_organisations, org_a=maybe, durability.organisations",
        "durability_organisations, 'org_a=fsync,org_a=fsync', durability.organisations",
        "will_grace, soon, will.grace",
        "will_grace, 2d, will.grace"
    })
    void aBadTextIsNamed(String method, String text, String key) {
        assertThatThrownBy(() -> with(method, text)).hasMessageStartingWith(key + ": ");
    }

    @ParameterizedTest
    @CsvSource({
        "limit_connects_per_address, limit.connects.per.address",
        "limit_publish_rate, limit.publish.rate",
        "limit_publish_burst, limit.publish.burst",
        "limit_publish_fair, limit.publish.fair",
        "limit_inflight, limit.inflight",
        "limit_connections, limit.connections",
        "limit_connections_per_address, limit.connections.per.address",
        "limit_pending_bytes, limit.pending.bytes",
        "queue_messages, queue.messages",
        "retained_messages, retained.messages",
        "limit_subscriptions, limit.subscriptions",
        "topic_aliases, topic.aliases"
    })
    void aNegativeLimitIsNamed(String method, String key) {
        assertThatThrownBy(() -> with(method, -1)).hasMessageStartingWith(key + ": ");
    }

    @Test
    void whatIsKeptIsKeptOnTheDiskAndTheOldestGoesFirstUnlessTold() {
        Keeping usual = settings(Map.of()).keeping();
        assertThat(usual.durability()).isEqualTo(Keeping.Durability.FSYNC);
        assertThat(usual.full()).isEqualTo(Keeping.Full.DROP_OLDEST);
        assertThat(usual.messages()).isEqualTo(10_000);
        assertThat(usual.bytes()).isEqualTo(16 * 1024 * 1024);
        assertThat(with("durability", "write-behind").keeping().durability())
                .isEqualTo(Keeping.Durability.WRITE_BEHIND);
        assertThat(with("queue_full", "drop-newest").keeping().full()).isEqualTo(Keeping.Full.DROP_NEWEST);
    }

    @Test
    void anOrganisationMayHaveADurabilityOfItsOwn() {
        assertThat(settings(Map.of()).keeping().organisations()).isEmpty();
        assertThat(with("durability_organisations", " org_a = write-behind,default=fsync ")
                        .keeping()
                        .organisations())
                .isEqualTo(Map.of(
                        "org_a", Keeping.Durability.WRITE_BEHIND,
                        "default", Keeping.Durability.FSYNC));
    }

    @Test
    void whatThereIsForAllIsAsTheReferenceHasIt() {
        assertThat(settings(Map.of()).capacity()).isEqualTo(Capacity.USUAL);
        assertThat(with("store_bytes", 1L << 30).capacity().storeBytes()).isEqualTo(1L << 30);
        assertThat(with("store_bytes", 0L).capacity().storeBytes()).isZero();
        assertThat(with("retained_bytes", 0L).capacity().retainedBytes()).isZero();
        assertThat(with("will_grace", "0").capacity().grace()).isZero();
        assertThat(with("will_grace", "5m").capacity().grace()).hasMinutes(5);
        assertThat(with("topic_aliases", 0).capacity().topicAliases()).isZero();
    }

    @Test
    void aStoreTooSmallToMakeRoomInIsNamed() {
        assertThatThrownBy(() -> with("store_bytes", 1L << 20)).hasMessageStartingWith("store.bytes: ");
        assertThatThrownBy(() -> with("retained_bytes", -1L)).hasMessageStartingWith("retained.bytes: ");
        assertThatThrownBy(() -> with("topic_aliases", 1_001)).hasMessageStartingWith("topic.aliases: ");
    }

    @Test
    void aWordThatIsNoChoiceIsAnsweredWithTheChoices() {
        assertThatThrownBy(() -> with("durability", "maybe"))
                .hasMessage("durability: fsync or write-behind, not 'maybe'");
    }

    @Test
    void webSocketsAndProxiesAreOffUnlessTheyAreAskedFor() {
        Listening usual = settings(Map.of()).listening();
        assertThat(usual.webSocket()).isEmpty();
        assertThat(usual.webSocketTls()).isEmpty();
        assertThat(usual.proxied()).isEmpty();
        assertThat(with("ws_port", 9001).listening().webSocket()).contains(new InetSocketAddress("127.0.0.1", 9001));
        assertThat(with("wss_port", 9002).listening().webSocketTls()).contains(new InetSocketAddress("0.0.0.0", 9002));
        assertThat(with("proxy_protocol", "mqtt, wss").listening().proxied()).containsExactlyInAnyOrder("mqtt", "wss");
    }
}
