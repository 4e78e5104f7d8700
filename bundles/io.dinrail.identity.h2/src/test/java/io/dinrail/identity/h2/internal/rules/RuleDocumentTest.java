package io.dinrail.identity.h2.internal.rules;

import static io.dinrail.identity.api.Action.PUBLISH;
import static io.dinrail.identity.api.Action.SUBSCRIBE;
import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.identity.api.Decision;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RuleDocumentTest {
    @Test
    void theFirstRuleThatMatchesDecidesByPriority() {
        Rights rights = rights("""
                [{"priority": 20, "user": "%", "topic": "a/#", "permission": "publish"},
                 {"priority": 10, "user": "%", "topic": "a/secret", "permission": "publish", "effect": "deny"},
                 {"priority": 10, "user": "%", "topic": "a/secret", "permission": "publish"}]
                """);

        assertThat(rights.may(PUBLISH, "a/b")).isTrue();
        assertThat(rights.may(PUBLISH, "a")).isTrue();
        assertThat(rights.may(PUBLISH, "a/secret")).isFalse();
        assertThat(rights.may(SUBSCRIBE, "a/b")).isFalse();
    }

    @Test
    void aSubscriptionIsCoveredOrRefusedNeverNarrowed() {
        Rights rights = rights("""
                [{"user": "%", "topic": "t/own", "permission": "sub"},
                 {"user": "%", "topic": "t/+/private", "permission": "sub", "effect": "DENY"},
                 {"user": "%", "topic": "t/own/#", "permission": "sub"},
                 {"user": "%", "topic": "t/+/open", "permission": "sub"}]
                """);

        assertThat(rights.may(SUBSCRIBE, "t/own")).isTrue();
        assertThat(rights.may(SUBSCRIBE, "t/own/a/+")).isTrue();
        assertThat(rights.may(SUBSCRIBE, "t/own/#")).as("overlaps a denial").isFalse();
        assertThat(rights.may(SUBSCRIBE, "t/own/+")).as("overlaps a denial").isFalse();
        assertThat(rights.may(SUBSCRIBE, "t/#")).isFalse();
        assertThat(rights.may(SUBSCRIBE, "t/+/open")).isTrue();
        assertThat(rights.mayReceive("t/own/private")).isFalse();
        assertThat(rights.mayReceive("t/own/public")).isTrue();
    }

    @Test
    void anEarlierAllowanceOutweighsALaterDenial() {
        Rights rights = rights("""
                [{"user": "%", "topic": "t/own/#", "permission": "sub"},
                 {"user": "%", "topic": "t/#", "permission": "sub", "effect": "deny"}]
                """);

        assertThat(rights.may(SUBSCRIBE, "t/own/#")).isTrue();
        assertThat(rights.may(SUBSCRIBE, "t/other")).isFalse();
    }

    @Test
    void rulesAreForTheUsersTheyName() {
        RuleDocument document = document("""
                [{"user": "agent-%", "topic": "a", "permission": "pub"},
                 {"user": "*-9", "topic": "b", "permission": "pub"},
                 {"user": "agent-1", "topic": "c", "permission": "pub"},
                 {"user": "a%t-%1%", "topic": "d", "permission": "pub"}]
                """);

        assertThat(published(document, TestFacts.of("agent-1"), "abcd")).isEqualTo("acd");
        assertThat(published(document, TestFacts.of("agent-9"), "abcd")).isEqualTo("ab");
        assertThat(published(document, TestFacts.of("agent-"), "abcd")).isEqualTo("a");
        assertThat(published(document, TestFacts.of("Agent-1"), "abcd")).isEmpty();
    }

    @Test
    void variablesStandForWhatIsKnownOfTheConnection() {
        RuleDocument document = document("""
                {"version": "2.1", "rules": [
                 {"topic": "n/%u/{username}", "action": "publish"},
                 {"topic": "c/%c/x-{client_id}-y", "action": "publish"},
                 {"topic": "o/{org_short_id}", "action": "publish"},
                 {"topic": "s/{site}.{client_id}/z", "action": "publish"},
                 {"topic": "m/{$self}", "action": "publish", "binding": "email"},
                 {"topic": "m/{team}/t", "action": "publish", "binding": "team"},
                 {"topic": "bound", "action": "publish", "binding": "admin"}]}
                """);
        Rights rights = document.bind(
                TestFacts.of("p").as("id").with("site", "hall", "yard").claiming("email", "a@b"));

        assertThat(List.of("n/p/p", "c/id/x-id-y", "o/default", "s/hall.id/z", "s/yard.id/z", "m/a@b"))
                .allMatch(topic -> rights.may(PUBLISH, topic));
        assertThat(List.of(
                        "n/p/q",
                        "n/p",
                        "c/id/x-id",
                        "c/id/x-id-yy",
                        "c/id/x--y",
                        "s/.id/z",
                        "s/hall.idx/z",
                        "s/hallid/z",
                        "s/roof.id/z",
                        "m/",
                        "m/x",
                        "m/{$self}",
                        "m//t",
                        "bound"))
                .noneMatch(topic -> rights.may(PUBLISH, topic));
    }

    @Test
    void aRuleWithABindingIsForThoseWhoHaveTheClaim() {
        RuleDocument document =
                document("[{\"user\": \"%\", \"topic\": \"a\", \"action\": \"pub\", \"binding\": \"admin\"}]");

        assertThat(document.bind(TestFacts.of("x").claiming("admin", "yes")).may(PUBLISH, "a"))
                .isTrue();
        assertThat(document.bind(TestFacts.of("x").claiming("admin", "")).may(PUBLISH, "a"))
                .isFalse();
        assertThat(document.bind(TestFacts.of("x")).may(PUBLISH, "a")).isFalse();
    }

    @Test
    void aVariableThatStandsTwiceIsTheSameValueTwice() {
        RuleDocument document = document("""
                [{"user": "%", "topic": "a/{child}/x-{child}", "permission": "pubsub", "effect": "deny"},
                 {"user": "%", "topic": "#", "permission": "pubsub"}]
                """);
        Rights rights = document.bind(TestFacts.of("gw").with("child", "1", "2"));

        assertThat(rights.may(PUBLISH, "a/1/x-1")).isFalse();
        assertThat(rights.may(PUBLISH, "a/1/x-2")).isTrue();
        assertThat(rights.may(SUBSCRIBE, "a/+/x-2")).isFalse();
        assertThat(rights.may(SUBSCRIBE, "a/1/x-2")).isTrue();
        assertThat(rights.may(SUBSCRIBE, "a/3/x-3")).isTrue();
    }

    @Test
    void thePlatformsOwnTopicsAreHeardOnlyWhereARuleSpellsThemOut() {
        Rights rights = rights("""
                [{"user": "%", "topic": "{client_id}/#", "permission": "pubsub"},
                 {"user": "%", "topic": "#", "permission": "pubsub"},
                 {"user": "%", "topic": "_system/health/#", "permission": "pubsub"},
                 {"user": "%", "topic": "$SYS/+", "permission": "pubsub"}]
                """, TestFacts.of("x").as("_system"));

        assertThat(rights.mayReceive("_system/health/a")).isTrue();
        assertThat(rights.mayReceive("$SYS/a")).isTrue();
        assertThat(rights.may(SUBSCRIBE, "_system/health/#")).isTrue();
        assertThat(rights.may(SUBSCRIBE, "#")).isTrue();
        assertThat(rights.mayReceive("_system/other")).isFalse();
        assertThat(rights.mayReceive("_SYSTEM/health/a")).isFalse();
        assertThat(rights.may(SUBSCRIBE, "_system/#")).isFalse();
        assertThat(rights.may(SUBSCRIBE, "$SYS/#")).isFalse();
        assertThat(rights.may(PUBLISH, "_system/health/a")).isFalse();
        assertThat(rights.may(PUBLISH, "$SYS/a")).isFalse();
    }

    @Test
    void aDenialReachesThePlatformsOwnTopicsByAnyName() {
        Rights rights = rights("""
                [{"user": "%", "topic": "{client_id}/#", "permission": "sub", "effect": "deny"},
                 {"user": "%", "topic": "_system/#", "permission": "sub"}]
                """, TestFacts.of("x").as("_system"));

        assertThat(rights.mayReceive("_system/a")).isFalse();
    }

    @Test
    void anExplanationNamesTheRuleAndWhatItsVariablesStandFor() {
        RuleDocument gateway = ShippedRules.all().get("gateway");
        Rights rights = gateway.bind(TestFacts.of("gw").as("c").with("child", "s-1", "s-2"));

        assertThat(rights.explain(PUBLISH, "telemetry/gw/t"))
                .isEqualTo(new Decision(true, "gateway 10: allow publish telemetry/%u/#", Map.of("%u", "gw")));
        assertThat(rights.explain(PUBLISH, "devices/gw/commands"))
                .isEqualTo(new Decision(false, "gateway 30: deny publish devices/%u/commands", Map.of("%u", "gw")));
        assertThat(rights.explain(SUBSCRIBE, "commands/s-2/#").variables()).isEqualTo(Map.of("{child}", "s-2"));
        assertThat(rights.explain(PUBLISH, "x")).isEqualTo(new Decision(false, "gateway: no rule allows it", Map.of()));
        assertThat(rights.explain(PUBLISH, "_system/x").rule())
                .startsWith("nobody publishes on topics that begin with");
        assertThat(rights.explain(SUBSCRIBE, "a+\n").rule())
                .isEqualTo("malformed filter 'a+?': + and # stand for whole levels of filters only, # for the last");
    }

    @Test
    void anExplanationOfARuleForSomeSaysForWhom() {
        Rights rights = document("""
                [{"user": "s*", "topic": "a/{$self}", "permission": "both", "binding": "email"}]
                """).bind(TestFacts.of("s").claiming("email", "x"));

        assertThat(rights.explain(PUBLISH, "a/x").rule())
                .isEqualTo("test 10: allow pubsub a/{$self} for s% bound to email");
    }

    @Test
    void aGatewayOfTenThousandDecidesForEachOfThem() {
        String[] children = IntStream.range(0, 10_000).mapToObj(i -> "s-" + i).toArray(String[]::new);
        Rights rights =
                ShippedRules.all().get("gateway").bind(TestFacts.of("gw").with("child", children));

        assertThat(children).allMatch(child -> rights.may(PUBLISH, "telemetry/" + child + "/t"));
        assertThat(IntStream.range(10_000, 20_000))
                .noneMatch(child -> rights.may(PUBLISH, "telemetry/s-" + child + "/t"));
        assertThat(rights.explain(SUBSCRIBE, "commands/s-77/#").variables()).isEqualTo(Map.of("{child}", "s-77"));
    }

    @Test
    void valuesWhoseHashesAreEqualAreToldApart() {
        Rights rights =
                ShippedRules.all().get("gateway").bind(TestFacts.of("gw").with("child", "AaAa", "BBBB"));

        assertThat(rights.may(PUBLISH, "telemetry/AaAa/t")).isTrue();
        assertThat(rights.may(PUBLISH, "telemetry/BBBB/t")).isTrue();
        assertThat(rights.may(PUBLISH, "telemetry/AaBB/t")).isFalse();
    }

    @Test
    void moreRulesThanAWordHasBitsAreAllAsked() {
        String rules = IntStream.range(0, 200)
                .mapToObj(i -> "{\"user\": \"%\", \"topic\": \"t/" + i + "\", \"permission\": \"pubsub\"}")
                .reduce((one, other) -> one + "," + other)
                .orElseThrow();
        Rights rights = rights("[" + rules + "]");

        assertThat(IntStream.range(0, 200))
                .allMatch(i -> rights.may(PUBLISH, "t/" + i) && rights.may(SUBSCRIBE, "t/" + i));
        assertThat(rights.may(PUBLISH, "t/200")).isFalse();
    }

    private static String published(RuleDocument document, Facts facts, String topics) {
        Rights rights = document.bind(facts);
        StringBuilder published = new StringBuilder();
        topics.chars()
                .mapToObj(Character::toString)
                .filter(topic -> rights.may(PUBLISH, topic))
                .forEach(published::append);
        return published.toString();
    }

    private static Rights rights(String json) {
        return rights(json, TestFacts.of("x"));
    }

    private static Rights rights(String json, Facts facts) {
        return document(json).bind(facts);
    }

    private static RuleDocument document(String json) {
        return RuleDocument.parse("test", json).document().orElseThrow();
    }
}
