package io.dinrail.broker.moquette.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
}
