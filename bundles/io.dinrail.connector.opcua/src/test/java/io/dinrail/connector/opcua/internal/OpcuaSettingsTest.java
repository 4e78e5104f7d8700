package io.dinrail.connector.opcua.internal;

import static io.dinrail.connector.opcua.internal.Rows.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dinrail.connector.api.SettingException;
import java.time.Duration;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpcuaSettingsTest {
    @Test
    void allButTheEndpointHaveDefaults() {
        assertThat(settings("endpoint", "opc.tcp://plc/line"))
                .isEqualTo(new OpcuaSettings(
                        "opc.tcp://plc/line",
                        "plc",
                        4840,
                        Duration.ofSeconds(5),
                        Duration.ofMillis(500),
                        true,
                        new Security(SecurityPolicy.None, MessageSecurityMode.None),
                        new Login(UserTokenType.Anonymous, "", "", false, "", "")));
        assertThat(settings("mode", "poll").subscribes()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "security.policy, Basic256, none of Aes128_Sha256_RsaOaep",
        "security.mode, Sign, 'both are None, or neither'",
        "auth, ticket, 'anonymous, certificate, username'",
        "mode, push, 'poll, subscribe'",
        "publishing.interval, 0s, above zero",
        "endpoint, ' ', is missing",
    })
    void aSettingThatIsNotThereIsRefusedByNameWithThoseThatAre(String key, String value, String why) {
        assertThatThrownBy(() -> settings(key, value))
                .hasMessageContaining(why)
                .isInstanceOfSatisfying(
                        SettingException.class, e -> assertThat(e.key()).isEqualTo(key));
    }

    @Test
    void aPolicyWithoutAModeEncrypts() {
        assertThat(settings("security.policy", "Basic256Sha256").security())
                .isEqualTo(new Security(SecurityPolicy.Basic256Sha256, MessageSecurityMode.SignAndEncrypt));
    }

    @Test
    void aPasswordThatNobodyAskedForIsAMistake() {
        assertThatThrownBy(() -> settings("username", "me", "password", "x"))
                .hasMessageContaining("is anonymous, and yet there is a login");
        assertThatThrownBy(() -> settings("auth", "username", "username", "me"))
                .isInstanceOfSatisfying(
                        SettingException.class, e -> assertThat(e.key()).isEqualTo("password"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plc:4840", "http://plc:4840", "opc.tcp://", "opc.tcp://plc:99999", "opc.tcp:// plc"})
    void whatIsNoEndpointIsRefused(String endpoint) {
        assertThatThrownBy(() -> settings("endpoint", endpoint)).hasMessageContaining("write opc.tcp://host:4840/path");
    }
}
