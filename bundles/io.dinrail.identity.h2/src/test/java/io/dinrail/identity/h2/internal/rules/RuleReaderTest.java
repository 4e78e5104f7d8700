package io.dinrail.identity.h2.internal.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.identity.api.Finding;
import io.dinrail.identity.api.Limits;
import io.dinrail.identity.h2.internal.rules.RuleDocument.Parsed;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleReaderTest {
    @Test
    void anArrayOfRulesIsReadWithItsAliases() {
        assertThat(rules("""
                [{"user": "sensor-*", "topic": "a", "permission": "pub+sub", "effect": "ALLOW"},
                 {"priority": 5, "user": "*", "topic": "b", "permission": "both", "effect": "Deny"},
                 {"user": "x", "topic": "c", "permission": "pub"},
                 {"user": "x", "topic": "d", "permission": "sub"}]
                """))
                .containsExactly(
                        "5: deny pubsub b",
                        "10: allow pubsub a for sensor-%",
                        "30: allow publish c for x",
                        "40: allow subscribe d for x");
    }

    @Test
    void anObjectWithRulesIsRead() {
        assertThat(rules("{\"rules\": [{\"user\": \"%\", \"topic\": \"a\", \"permission\": \"publish\"}]}"))
                .containsExactly("10: allow publish a");
    }

    @Test
    void aDocumentOfVersionTwoIsRead() {
        assertThat(rules("""
                {"version": "2.1", "default": "deny",
                 "publishers": [{"user": "feed", "topics": ["news/#", "ticker"]}, {"username": "one", "topic": "x"}],
                 "rules": [{"topic": "inbox/{$self}", "action": "subscribe", "binding": "email"}],
                 "global": [{"topic": "secret/#", "action": "both", "effect": "deny"}]}
                """))
                .containsExactly(
                        "10: deny pubsub secret/#",
                        "20: allow subscribe inbox/{$self} bound to email",
                        "30: allow publish news/# for feed",
                        "40: allow publish ticker for feed",
                        "50: allow publish x for one");
    }

    @Test
    void aDocumentMaySayHowFastItsOwnersPublish() {
        assertThat(sound("{\"publishRate\": 50, \"publishBurst\": \"none\", \"rules\": []}")
                        .limits())
                .isEqualTo(new Limits(OptionalInt.of(50), OptionalInt.of(0)));
        assertThat(sound("{\"rules\": []}").limits()).isEqualTo(Limits.USUAL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "rules[0].topic | {'user':'%','permission':'pub'}",
                "rules[0].topic | {'user':'%','topic':5,'permission':'pub'}",
                "rules[0].topic | {'user':'%','topic':'','permission':'pub'}",
                "rules[0].topic | {'user':'%','topic':'a/#/b','permission':'pub'}",
                "rules[0].topic | {'user':'%','topic':'a+','permission':'pub'}",
                "rules[0].topic | {'user':'%','topic':'%u+','permission':'pub'}",
                "rules[0].topic | {'user':'%','topic':'a\\nb','permission':'pub'}",
                "rules[0].topic | {'user':'%','topic':'$share/g/a','permission':'sub'}",
                "rules[0].topic | {'user':'%','topic':'a/{email}','permission':'pub'}",
                "rules[0].topic | {'user':'%','topic':'a/{$self}','permission':'pub'}",
                "rules[0].topic | {'user':'%','topic':'a/{}','permission':'pub','binding':'x'}",
                "rules[0].topic | {'user':'%','topic':'a/{b/c}','permission':'pub'}",
                "rules[0].topic | {'user':'%','topic':'a/{child','permission':'pub'}",
                "rules[0].topic | {'user':'%','topic':'${jndi:ldap://x}','permission':'pub'}",
                "rules[0].topic | {'user':'%','topic':'{child}{fleet}','permission':'pub'}",
                "rules[0].topic | {'user':'%','topic':'{child}/{fleet}/{fleet}/{child}','permission':'pub'}",
                "rules[0].permission | {'user':'%','topic':'a'}",
                "rules[0].permission | {'user':'%','topic':'a','permission':'write'}",
                "rules[0].permission | {'user':'%','topic':'a','permission':['pub']}",
                "rules[0].action | {'user':'%','topic':'a','action':'read'}",
                "rules[0].action | {'user':'%','topic':'a','action':'pub','permission':'sub'}",
                "rules[0].effect | {'user':'%','topic':'a','permission':'pub','effect':'maybe'}",
                "rules[0].effect | {'user':'%','topic':'a','permission':'pub','effect':false}",
                "rules[0].efect | {'user':'%','topic':'a','permission':'pub','efect':'deny'}",
                "rules[0].priority | {'user':'%','topic':'a','permission':'pub','priority':1.5}",
                "rules[0].priority | {'user':'%','topic':'a','permission':'pub','priority':4294967296}",
                "rules[0].user | {'user':'','topic':'a','permission':'pub'}",
                "rules[0].user | {'user':['a'],'topic':'a','permission':'pub'}",
                "rules[0].user | {'user':'a\\u0000','topic':'a','permission':'pub'}",
                "rules[0].binding | {'user':'%','topic':'a','permission':'pub','binding':'a/b'}",
                "rules[0].binding | {'user':'%','topic':'a','permission':'pub','binding':true}",
                "rules[0] | 'a'",
                "rules[0] | []",
            })
    void anErrorHasItsPlace(String place, String rule) {
        assertErrorAt(place, "[" + rule.replace('\'', '"') + "]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "global[0].action | {'global':[{'topic':'a','action':'read'}]}",
                "global[0].user | {'global':[{'topic':'a','action':'pub','user':'x'}]}",
                "publishers[0].user | {'publishers':[{'topics':['a']}]}",
                "publishers[0].topics | {'publishers':[{'user':'a'}]}",
                "publishers[0].topics[1] | {'publishers':[{'user':'a','topics':['a','#/a']}]}",
                "publishers[0].topics[0] | {'publishers':[{'user':'a','topics':[1]}]}",
                "default | {'default':'allow','rules':[]}",
                "version | {'version':'3','rules':[]}",
                "rules | {'rules':{}}",
                "golbal | {'golbal':[],'rules':[]}",
                "publishRate | {'publishRate':0,'rules':[]}",
                "publishRate | {'publishRate':'fast','rules':[]}",
                "publishBurst | {'publishBurst':10000000,'rules':[]}",
                "document | {}",
                "document | 5",
                "line 1, column 1 | null",
            })
    void anErrorOfTheDocumentHasItsPlace(String place, String json) {
        assertErrorAt(place, json.replace('\'', '"'));
    }

    @Test
    void whatIsNoJsonIsPlacedByLineAndColumn() {
        Parsed parsed = RuleDocument.parse("x", "[\n  {\"user\": ,}\n]");

        assertThat(parsed.document()).isEmpty();
        Finding error = parsed.error().orElseThrow();
        assertThat(error.place()).matches("line 2, column \\d+");
        assertThat(error.message()).startsWith("this is no JSON: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[",
                "[{]",
                "[]]",
                "{\"rules\": [], \"rules\": []}",
                "[null]",
                "\0",
                "[{\"user\": \"\ud800\""
            })
    void damagedTextIsAnErrorNeverAnException(String json) {
        Parsed parsed = RuleDocument.parse("x", json);
        assertThat(parsed.document()).isEmpty();
        assertThat(parsed.error().orElseThrow().place()).startsWith("line ");
        assertThat(parsed.error().orElseThrow().message()).doesNotContain("Source", "start marker");
    }

    @Test
    void sizeIsBounded() {
        String rule = "{\"user\":\"%\",\"topic\":\"a\",\"permission\":\"pub\"}";
        String thousand = IntStream.range(0, 1_000).mapToObj(i -> rule).collect(Collectors.joining(","));

        assertThat(sound("[" + thousand + "]").size()).isEqualTo(1_000);
        assertErrorAt("rules[1000]", "[" + thousand + "," + rule + "]");
        assertErrorAt("document", "[" + " ".repeat(1 << 20) + "]");
        assertErrorAt("document", "[\"" + "ü".repeat(1 << 19) + "\"]");
        assertErrorAt("rules[0].topic", "[" + rule.replace("\"a\"", "\"" + "a".repeat(1_025) + "\"") + "]");
        assertErrorAt("rules[0].topic", "[" + rule.replace("\"a\"", "\"" + "/".repeat(32) + "\"") + "]");
        assertThat(RuleDocument.parse("x", "[" + "5,".repeat(900) + "5]").findings())
                .hasSize(100);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "rules[0].user | {'topic':'a','permission':'pub'}",
                "rules[0].user | {'user':'a@org','topic':'a','permission':'pub'}",
                "rules[0].require_grant | {'user':'%','topic':'a','permission':'pub','require_grant':true}",
                "rules[0].exclusive | {'user':'%','topic':'a','permission':'sub','exclusive':true}",
                "rules[0].topic | {'user':'%','topic':'a%d','permission':'pub'}",
                "rules[0].topic | {'user':'%','topic':'_system/x','permission':'pubsub'}",
            })
    void aWarningHasItsPlaceAndDoesNotBlock(String place, String rule) {
        Parsed parsed = RuleDocument.parse("x", "[" + rule.replace('\'', '"') + "]");

        assertThat(parsed.document()).isPresent();
        assertThat(parsed.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.error()).isFalse())
                .extracting(Finding::place)
                .isEqualTo(place);
    }

    @Test
    void noRuleAtAllIsWarnedOf() {
        assertThat(RuleDocument.parse("x", "[]").findings())
                .containsExactly(new Finding(false, "rules", "there is no rule: everything is denied"));
    }

    @Test
    void findingsHoldNoControlCharacters() {
        Parsed parsed = RuleDocument.parse("x", "[{\"a\\nb\\u0007\": 1, \"permission\": \"\\u001b[31m\"}]");

        assertThat(parsed.findings())
                .isNotEmpty()
                .noneMatch(
                        finding -> (finding.place() + finding.message()).chars().anyMatch(Character::isISOControl));
    }

    @Test
    void theCanonicalFormReadsBackAsTheSame() {
        Random random = new Random(7);
        for (int i = 0; i < 300; i++) {
            RuleDocument document = sound(anyDocument(random));
            String canonical = document.toJson();
            Parsed again = RuleDocument.parse("test", canonical);

            assertThat(again.findings()).noneMatch(Finding::error);
            assertThat(again.document().orElseThrow().toJson()).isEqualTo(canonical);
            assertThat(again.document().orElseThrow().rules()).isEqualTo(document.rules());
            assertThat(again.document().orElseThrow().limits()).isEqualTo(document.limits());
        }
    }

    private static String anyDocument(Random random) {
        String rules = IntStream.range(0, random.nextInt(6))
                .mapToObj(i -> anyRule(random))
                .collect(Collectors.joining(","));
        String limits = one(random, "", "\"publishRate\": 7,", "\"publishRate\": \"none\", \"publishBurst\": 200,");
        return "{" + limits + "\"rules\": [" + rules + "]}";
    }

    private static String anyRule(Random random) {
        return "{" + one(random, "", "\"priority\": 3,", "\"priority\": -1,", "\"priority\": 30,")
                + one(random, "", "\"user\": \"*\",", "\"user\": \"a\\\"%\",")
                + "\"topic\": \""
                + one(random, "a", "#", "a/+/#", "%u/{child}", "ü\\\"\\\\/b", "x/{$self}/{team}", "😀/") + "\","
                + one(random, "", "\"effect\": \"DENY\",", "\"effect\": \"allow\",")
                + "\"binding\": \"email\", \"action\": \"" + one(random, "both", "PUB", "subscribe") + "\"}";
    }

    private static String one(Random random, String... of) {
        return of[random.nextInt(of.length)];
    }

    private static void assertErrorAt(String place, String json) {
        Parsed parsed = RuleDocument.parse("x", json);
        assertThat(parsed.document()).isEmpty();
        assertThat(parsed.error().orElseThrow().place()).isEqualTo(place);
    }

    private static List<String> rules(String json) {
        return sound(json).rules().stream().map(Rule::toString).toList();
    }

    private static RuleDocument sound(String json) {
        Parsed parsed = RuleDocument.parse("test", json);
        assertThat(parsed.error()).isEmpty();
        return parsed.document().orElseThrow();
    }
}
