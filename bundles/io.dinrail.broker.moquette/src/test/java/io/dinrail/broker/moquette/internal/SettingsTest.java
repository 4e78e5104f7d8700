package io.dinrail.broker.moquette.internal;

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
        assertThat(settings.plain()).contains(new InetSocketAddress("127.0.0.1", 1883));
        assertThat(settings.tls()).contains(new InetSocketAddress("0.0.0.0", 8883));
        assertThat(settings.folder()).isEqualTo(Path.of("data", "broker"));
    }

    @Test
    void thePlatformsPropertiesWin() {
        Settings settings = settings(Map.of(
                "dinrail.mqtt.port", "0",
                "dinrail.mqtts.port", "9883",
                "dinrail.data", "/tmp/x"));
        assertThat(settings.plain()).isEmpty();
        assertThat(settings.tls()).contains(new InetSocketAddress("0.0.0.0", 9883));
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
        assertThat(settings.connects()).isEqualTo(60);
        assertThat(settings.publishes()).isEqualTo(new Settings.Rate(100, 200));
        assertThat(settings.inflight()).isEqualTo(100);
        assertThat(settings.longestSession()).isEqualTo(2_592_000);
    }

    @ParameterizedTest
    @CsvSource({"90, 90", "90s, 90", "15m, 900", "12h, 43200", "1d, 86400", "' 2 d ', 172800"})
    void aPeriodIsSecondsOrHasAUnit(String text, int seconds) {
        assertThat(with("session_expiry_max", text).longestSession()).isEqualTo(seconds);
    }

    @ParameterizedTest
    @CsvSource({
        "session_expiry_max, 0, session.expiry.max",
        "session_expiry_max, 99999d, session.expiry.max",
        "session_expiry_max, soon, session.expiry.max",
        "limit_connects_allow, everybody, limit.connects.allow"
    })
    void aBadTextIsNamed(String method, String text, String key) {
        assertThatThrownBy(() -> with(method, text)).hasMessageStartingWith(key + ": ");
    }

    @ParameterizedTest
    @CsvSource({
        "limit_connects_per_address, limit.connects.per.address",
        "limit_publish_rate, limit.publish.rate",
        "limit_publish_burst, limit.publish.burst",
        "limit_inflight, limit.inflight"
    })
    void aNegativeLimitIsNamed(String method, String key) {
        assertThatThrownBy(() -> with(method, -1)).hasMessageStartingWith(key + ": ");
    }
}
