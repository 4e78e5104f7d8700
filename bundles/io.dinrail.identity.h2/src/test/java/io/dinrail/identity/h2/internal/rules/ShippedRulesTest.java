package io.dinrail.identity.h2.internal.rules;

import static io.dinrail.identity.api.Action.PUBLISH;
import static io.dinrail.identity.api.Action.SUBSCRIBE;
import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.identity.api.Limits;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShippedRulesTest {
    private final Map<String, RuleDocument> shipped = ShippedRules.all();
    private final Rights device =
            bind("device", TestFacts.of("press-1").as("c-1").with("fleet", "north"));
    private final Rights gateway = bind("gateway", TestFacts.of("gw-1").with("child", "s-1", "s-2"));
    private final Rights backend = bind("backend", TestFacts.of("scada"));
    private final Rights dashboard = bind("dashboard", TestFacts.of("wall"));

    @ParameterizedTest
    @ValueSource(strings = {"device", "gateway", "backend", "dashboard"})
    void aShippedSetIsInItsCanonicalForm(String name) {
        assertThat(RuleDocument.parse(name, ShippedRules.text(name)).findings()).isEmpty();
        assertThat(shipped.get(name).toJson()).isEqualTo(ShippedRules.text(name));
    }

    @Test
    void backendsAndGatewaysPublishAsFastAsTheyLike() {
        assertThat(shipped.get("gateway").limits()).isEqualTo(Limits.NONE);
        assertThat(shipped.get("backend").limits()).isEqualTo(Limits.NONE);
        assertThat(shipped.get("device").limits()).isEqualTo(Limits.USUAL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "telemetry/press-1",
                "telemetry/press-1/temperature",
                "telemetry/press-1/a/b",
                "devices/press-1/status",
                "devices/press-1/events",
                "commands/press-1/ack",
                "alerts/press-1/critical",
                "fleets/north/events"
            })
    void aDevicePublishesItsOwn(String topic) {
        assertThat(device.may(PUBLISH, topic)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "telemetry/press-2/t",
                "telemetry/press-10",
                "telemetry",
                "telemetry/",
                "/telemetry/press-1/t",
                "devices/press-1",
                "devices/press-1/commands",
                "devices/press-1/a/b",
                "devices/press-2/status",
                "commands/press-1",
                "commands/press-1/ack/x",
                "commands/press-2/ack",
                "alerts/press-2/critical",
                "fleets/north/commands",
                "fleets/south/events",
                "response/c-1",
                "telemetry/%u/t",
                "telemetry/{username}/t",
                "telemetry/press-1/+",
                "telemetry/press-1/#",
                "$SYS/x",
                "$share/g/telemetry/press-1/t",
                "_system/x",
                "telemetry/press-1/\0",
                "telemetry/press-1/a\nb",
                "${jndi:ldap://x/y}",
                ""
            })
    void aDevicePublishesNothingElse(String topic) {
        assertThat(device.may(PUBLISH, topic)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "commands/press-1",
                "commands/press-1/#",
                "commands/press-1/+",
                "commands/press-1/config",
                "devices/press-1/commands",
                "fleets/north/commands",
                "response/c-1"
            })
    void aDeviceHearsItsOwn(String filter) {
        assertThat(device.may(SUBSCRIBE, filter)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#",
                "+/#",
                "+/press-1/#",
                "commands/#",
                "commands/+",
                "commands/+/config",
                "commands/press-2/#",
                "devices/press-1/+",
                "devices/+/commands",
                "devices/press-1/status",
                "telemetry/press-1/#",
                "fleets/+/commands",
                "fleets/south/commands",
                "response/c-2",
                "response/+",
                "commands/press-1/#/x",
                "commands/press-1/a+",
                "$share/g/commands/press-1/#",
                "$SYS/#",
                "_internal/#",
                ""
            })
    void aDeviceHearsNothingElse(String filter) {
        assertThat(device.may(SUBSCRIBE, filter)).isFalse();
    }

    @Test
    void aDeviceReceivesWhatItMaySubscribeTo() {
        assertThat(device.mayReceive("commands/press-1")).isTrue();
        assertThat(device.mayReceive("commands/press-1/a/b")).isTrue();
        assertThat(device.mayReceive("commands/press-2")).isFalse();
        assertThat(device.mayReceive("telemetry/press-1/t")).isFalse();
        assertThat(device.mayReceive("commands/press-1/#")).isFalse();
    }

    @Test
    void aDeviceWithoutFleetHasNoFleetTopics() {
        Rights alone = bind("device", TestFacts.of("press-1"));
        assertThat(alone.may(PUBLISH, "fleets//events")).isFalse();
        assertThat(alone.may(PUBLISH, "fleets/{fleet}/events")).isFalse();
        assertThat(alone.may(SUBSCRIBE, "fleets/+/commands")).isFalse();
        assertThat(alone.may(PUBLISH, "telemetry/press-1/t")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gateways/gw-1/aggregated",
                "telemetry/s-1/t",
                "telemetry/s-2",
                "devices/s-1/status",
                "alerts/s-2/major",
                "telemetry/gw-1/t"
            })
    void aGatewayPublishesForItsChildren(String topic) {
        assertThat(gateway.may(PUBLISH, topic)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gateways/gw-2/aggregated",
                "telemetry/s-3/t",
                "devices/s-1/commands",
                "devices/gw-1/commands",
                "commands/s-1",
                "telemetry/{child}/t"
            })
    void aGatewayPublishesForNobodyElse(String topic) {
        assertThat(gateway.may(PUBLISH, topic)).isFalse();
    }

    @Test
    void aGatewayHearsItsChildrensCommands() {
        assertThat(gateway.may(SUBSCRIBE, "commands/s-1/#")).isTrue();
        assertThat(gateway.may(SUBSCRIBE, "devices/s-2/commands")).isTrue();
        assertThat(gateway.may(SUBSCRIBE, "commands/gw-1/#")).isTrue();
        assertThat(gateway.may(SUBSCRIBE, "commands/s-3/#")).isFalse();
        assertThat(gateway.may(SUBSCRIBE, "commands/+/#")).isFalse();
    }

    @Test
    void aBackendDoesAllButWhatIsThePlatformsOwn() {
        assertThat(backend.may(PUBLISH, "commands/press-1")).isTrue();
        assertThat(backend.may(SUBSCRIBE, "#")).isTrue();
        assertThat(backend.may(SUBSCRIBE, "+/+")).isTrue();
        assertThat(backend.mayReceive("a/b")).isTrue();
        for (String own : new String[] {"$SYS/x", "_system/x", "_SYSTEM/x", "_metered/x", "_Internal", "$x"}) {
            assertThat(backend.may(PUBLISH, own)).isFalse();
            assertThat(backend.may(SUBSCRIBE, own)).isFalse();
            assertThat(backend.mayReceive(own)).isFalse();
        }
        assertThat(backend.may(SUBSCRIBE, "$SYS/#")).isFalse();
        assertThat(backend.may(SUBSCRIBE, "_system/#")).isFalse();
    }

    @Test
    void aDashboardOnlyListens() {
        assertThat(dashboard.may(SUBSCRIBE, "telemetry/#")).isTrue();
        assertThat(dashboard.may(SUBSCRIBE, "alerts/+/critical")).isTrue();
        assertThat(dashboard.may(SUBSCRIBE, "commands/#")).isFalse();
        assertThat(dashboard.may(PUBLISH, "telemetry/x")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"+", "#", "a/b", "%", "press-1\0", "press\n1", "/"})
    void aNameThatCouldWidenARuleGetsNothing(String name) {
        Rights rights = bind("device", TestFacts.of(name));
        assertThat(rights.may(PUBLISH, "telemetry/press-1/t")).isFalse();
        assertThat(rights.may(SUBSCRIBE, "commands/#")).isFalse();
        assertThat(rights.may(SUBSCRIBE, "commands/+")).isFalse();
        assertThat(rights.mayReceive("commands/press-1")).isFalse();
    }

    private Rights bind(String set, Facts facts) {
        return shipped.get(set).bind(facts);
    }
}
