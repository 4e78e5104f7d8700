package io.dinrail.identity.h2.internal.keys;

import static io.dinrail.identity.api.Action.PUBLISH;
import static io.dinrail.identity.api.Action.SUBSCRIBE;
import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.identity.api.ApiKey;
import io.dinrail.identity.api.ApiKey.Permission;
import io.dinrail.identity.h2.internal.rules.Rights;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelGrantTest {
    private static final Set<Permission> ALL = EnumSet.allOf(Permission.class);
    private static final Set<Permission> USUAL = EnumSet.of(Permission.PUBLISH, Permission.SUBSCRIBE);

    @Test
    void aTokenMayDoWhatItsChannelsAndPermissionsSay() throws Exception {
        Rights rights = rights(
                key(List.of("devices/**", "fleets/**"), ALL), "\"channels\":[\"devices/cam/events\",\"fleets/a/*\"]");
        assertThat(rights.may(PUBLISH, "devices/cam/events")).isTrue();
        assertThat(rights.may(SUBSCRIBE, "fleets/a/+")).isTrue();
        assertThat(rights.may(SUBSCRIBE, "fleets/a/#")).isFalse();
        assertThat(rights.may(SUBSCRIBE, "fleets/+/a")).isFalse();
        assertThat(rights.may(PUBLISH, "devices/cam/other")).isFalse();
        assertThat(rights.mayReceive("fleets/a/events")).isTrue();
        assertThat(rights.mayReceive("fleets/b/events")).isFalse();
        assertThat(rights.explain(PUBLISH, "devices/cam/events").rule())
                .isEqualTo("token of sk_id_1: publish devices/cam/events");
        assertThat(rights.explain(SUBSCRIBE, "#").allowed()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"devices/cam/commands", "devices//commands", "fleets/a/commands", "commands", "commands/cam/x"})
    void commandsAreSentOnlyWithThePermissionToCommand(String topic) throws Exception {
        Rights usual = rights(key(List.of("**"), ALL), "\"permissions\":[\"publish\",\"subscribe\"]");
        assertThat(usual.may(PUBLISH, topic)).isFalse();
        assertThat(usual.may(SUBSCRIBE, topic)).isTrue();
        assertThat(usual.mayReceive(topic)).isTrue();
        assertThat(rights(key(List.of("**"), USUAL), "\"permissions\":[\"publish\",\"command\"]")
                        .may(PUBLISH, topic))
                .isFalse();
        assertThat(rights(key(List.of("**"), ALL), "\"permissions\":[\"command\"]")
                        .may(PUBLISH, topic))
                .isTrue();
        assertThat(rights(key(List.of("**"), ALL), "\"permissions\":[\"command\"]")
                        .may(PUBLISH, "devices/cam/events"))
                .isFalse();
        assertThat(usual.explain(PUBLISH, topic).rule()).contains("command");
    }

    @ParameterizedTest
    @ValueSource(strings = {"devices/commands", "devices/a/b/commands", "commandsx", "a/commands", "Commands/a"})
    void whatOnlyLooksLikeACommandChannelIsNone(String topic) throws Exception {
        assertThat(rights(key(List.of("**"), USUAL), "\"x\":1").may(PUBLISH, topic))
                .isTrue();
    }

    @Test
    void theAnswerToOnesOwnCommandIsNoCommand() throws Exception {
        Rights rights = rights(key(List.of("**"), USUAL), "\"x\":1");
        assertThat(rights.may(PUBLISH, "commands/cam/ack")).isTrue();
        assertThat(rights.may(PUBLISH, "commands/other/ack")).isFalse();
        Rights narrow = rights(key(List.of("devices/**"), USUAL), "\"x\":1");
        assertThat(narrow.may(PUBLISH, "commands/cam/ack")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$SYS/broker",
                "$share/g/a",
                "_system/direct/cam/x",
                "_SYSTEM/x",
                "_metered/x",
                "_internal/x",
                "a\u0000b",
                "a\nb",
                "a*b",
                "",
                "a+",
                "a\u0085"
            })
    void whatIsNoChannelIsDenied(String topic) throws Exception {
        Rights rights = rights(key(List.of("**"), ALL), "\"x\":1");
        assertThat(rights.may(PUBLISH, topic)).isFalse();
        assertThat(rights.may(SUBSCRIBE, topic)).isFalse();
        assertThat(rights.mayReceive(topic)).isFalse();
    }

    @Test
    void aNameOfMoreThan256BytesIsNoChannel() throws Exception {
        Rights rights = rights(key(List.of("**"), ALL), "\"x\":1");
        assertThat(rights.may(PUBLISH, "\u20ac".repeat(85))).isTrue();
        assertThat(rights.may(PUBLISH, "\u20ac".repeat(86))).isFalse();
    }

    @Test
    void wildcardsDoNotReachThePlatformsOwnTopics() throws Exception {
        Rights rights = rights(key(List.of("**"), ALL), "\"x\":1");
        assertThat(rights.may(SUBSCRIBE, "#")).isTrue();
        assertThat(rights.mayReceive("_system/direct/other/cam")).isFalse();
        assertThat(rights.may(SUBSCRIBE, "_system/#")).isFalse();
    }

    @Test
    void grantsStandInPlaceOfTheCrossProduct() throws Exception {
        Rights rights = rights(
                key(List.of("devices/**", "fleets/**"), USUAL),
                "\"channels\":[\"devices/**\"],\"permissions\":[\"publish\"],\"grants\":["
                        + "{\"channels\":[\"devices/cam/events\"],\"permissions\":[\"publish\"]},"
                        + "{\"channels\":[\"fleets/a/commands\"],\"permissions\":[\"subscribe\",\"command\"]}]");
        assertThat(rights.may(PUBLISH, "devices/cam/events")).isTrue();
        assertThat(rights.may(SUBSCRIBE, "devices/cam/events")).isFalse();
        assertThat(rights.may(PUBLISH, "devices/cam/other")).isFalse();
        assertThat(rights.may(SUBSCRIBE, "fleets/a/commands")).isTrue();
        assertThat(rights.may(PUBLISH, "fleets/a/commands")).isFalse();
    }

    @Test
    void noChannelsAreNoChannels() throws Exception {
        Rights rights = rights(key(List.of("**"), ALL), "\"channels\":[]");
        assertThat(rights.may(PUBLISH, "a")).isFalse();
        assertThat(rights.may(SUBSCRIBE, "#")).isFalse();
        assertThat(rights.mayReceive("a")).isFalse();
    }

    @Test
    void decidingAllocatesNothing() throws Exception {
        Rights rights = rights(key(List.of("devices/**", "fleets/*/events"), ALL), "\"x\":1");
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        decide(rights, 20_000);
        long before = threads.getCurrentThreadAllocatedBytes();
        decide(rights, 10_000);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
    }

    private static void decide(Rights rights, int times) {
        int allowed = 0;
        for (int i = 0; i < times; i++) {
            allowed += rights.may(PUBLISH, "fleets/a/events") ? 1 : 0;
            allowed += rights.may(PUBLISH, "_SYSTEM/x") ? 1 : 0;
            allowed += rights.may(SUBSCRIBE, "fleets/+/events") ? 1 : 0;
            allowed += rights.mayReceive("devices/cam/commands") ? 1 : 0;
        }
        assertThat(allowed).isEqualTo(3 * times);
    }

    private static Rights rights(LiveKey key, String claims) throws JwtRefused {
        String text = "{\"sub\":\"cam\",\"exp\":1," + claims + "}";
        JwtClaims read = JwtClaims.read(HandMade.base64(text).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        return ChannelGrant.of(key, read).bind(new Surroundings.NameOnly("cam"));
    }

    private static LiveKey key(List<String> patterns, Set<Permission> actions) {
        return KeyRow.of(
                new ApiKey(
                        "sk_id_1",
                        "default",
                        "x",
                        patterns,
                        actions,
                        List.of(),
                        false,
                        Instant.EPOCH,
                        Optional.empty(),
                        List.of()),
                List.of());
    }
}
