package io.dinrail.identity.h2.internal;

import static io.dinrail.identity.api.Action.PUBLISH;
import static io.dinrail.identity.api.Action.SUBSCRIBE;
import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Credentials;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicRightsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "a/# a/# true",
                "a/# a/+ true",
                "a/# a true",
                "a/# a/b/c true",
                "a/# a/+/c/# true",
                "a/# a/ true",
                "a/# ab false",
                "a/# + false",
                "a/# # false",
                "a/# +/b false",
                "a/# b/# false",
                "a/+ a/+ true",
                "a/+ a/b true",
                "a/+ a/# false",
                "a/+ a false",
                "a/+ a/b/c false",
                "a/+ a/ true",
                "# # true",
                "# a/b true",
                "# +/# true",
                "# + true",
                "# /# true",
                "# / true",
                "# $SYS/# false",
                "# $SYS false",
                "+/# $SYS/a false",
                "$SYS/# $SYS/a true",
                "$SYS/# $SYS/+/# true",
                "+/# # true",
                "+/+/# # false",
                "+/+/# /# true",
                "/+/# /# true",
                "/# /# true",
                "/# / true",
                "/# # false",
                "+ + true",
                "+ a true",
                "+ # false",
                "+ a/b false",
                "+ $a false",
                "+ a/# false",
                "a/+/c a/b/c true",
                "a/+/c a/+/c true",
                "a/+/c a/b/+ false",
                "a/+/c a/# false",
                "a/+/# a/# false",
                "a/+/# a/b true",
                "a/+/# a/b/# true",
                "a/b a/b true",
                "a/b a/+ false",
                "a/b a/b/# false",
            })
    void aFilterCoversWhatItMatchesEntirely(String allowed, String asked, boolean covered) {
        assertThat(covers(allowed, asked)).isEqualTo(covered);
    }

    @Test
    void coverageIsExactForEveryPairOfSmallFilters() {
        List<String> topics = sequences(List.of("", "a", "b", "other", "$s"), 5);
        topics.removeIf(String::isEmpty);
        Map<String, BitSet> heard = new LinkedHashMap<>();
        filters().forEach(filter -> heard.put(filter, matched(filter, topics)));

        heard.forEach((allowed, all) -> heard.forEach((asked, some) -> {
            BitSet outside = (BitSet) some.clone();
            outside.andNot(all);
            assertThat(covers(allowed, asked))
                    .as("%s covers %s", allowed, asked)
                    .isEqualTo(outside.isEmpty());
        }));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "telemetry/press-1/temperature",
                "telemetry/press-1",
                "telemetry/press-1/a/b",
                "devices/press-1/status",
                "commands/press-1/ack"
            })
    void aDevicePublishesItsOwnTopics(String topic) {
        assertThat(device(PUBLISH, topic)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "telemetry/press-2/temperature",
                "telemetry/press-10/t",
                "telemetry",
                "telemetry/",
                "commands/press-1",
                "commands/press-1/ack/x",
                "commands/press-2/ack",
                "alerts/press-1/critical",
                "telemetry/press-1/+",
                "telemetry/press-1/#",
                "$SYS/x",
                "",
                "/telemetry/press-1/t",
                "telemetry/press-1/\0",
                "telemetry/{self}/t",
                "$share/g/telemetry/press-1/t"
            })
    void aDevicePublishesNothingElse(String topic) {
        assertThat(device(PUBLISH, topic)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "commands/press-1/#",
                "commands/press-1",
                "commands/press-1/+",
                "commands/press-1/config",
                "$share/g/commands/press-1/#"
            })
    void aDeviceHearsItsOwnCommands(String filter) {
        assertThat(device(SUBSCRIBE, filter)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#",
                "+/#",
                "commands/#",
                "commands/+",
                "commands/+/ack",
                "commands/press-2/#",
                "+/press-1/#",
                "telemetry/press-1/#",
                "$share/g/#",
                "$share/g/commands/+/#",
                "$share/commands/press-1/#",
                "$share//commands/press-1/#",
                "$share/+/commands/press-1/#",
                "$share/g/",
                "$share/g",
                "$share/g/$share/g/#",
                "commands/press-1/#/x",
                "commands/press-1/a#",
                "commands/press-1/a+",
                "",
                "commands/press-1/\0",
                "$SYS/#"
            })
    void aDeviceHearsNothingElse(String filter) {
        assertThat(device(SUBSCRIBE, filter)).isFalse();
    }

    @Test
    void aNameIsLiteralEvenIfItLooksLikeAWildcard() {
        RuleSet rules = RuleSet.named(Credentials.DEVICE).orElseThrow();
        assertThat(rules.allows(PUBLISH, "telemetry/press-1/t", "+")).isFalse();
        assertThat(rules.allows(SUBSCRIBE, "commands/+", "+")).isFalse();
        assertThat(rules.allows(SUBSCRIBE, "commands/#", "#")).isFalse();
    }

    @Test
    void aBackendMayDoEverythingButTheServersOwnTopics() {
        RuleSet rules = RuleSet.named(Credentials.BACKEND).orElseThrow();
        assertThat(Stream.of("#", "telemetry/+/+", "alerts/+/critical", "$share/g/#", "commands/press-1"))
                .allMatch(filter -> rules.allows(SUBSCRIBE, filter, "scada"));
        assertThat(rules.allows(PUBLISH, "commands/press-1", "scada")).isTrue();
        assertThat(Stream.of("$SYS/#", "$SYS/broker", "$share/g/$SYS/#"))
                .noneMatch(filter -> rules.allows(SUBSCRIBE, filter, "scada"));
        assertThat(rules.allows(PUBLISH, "$SYS/x", "scada")).isFalse();
    }

    @Test
    void topicsLongerThanMqttAllowsAreDenied() {
        assertThat(device(PUBLISH, "telemetry/press-1/" + "x".repeat(65_536))).isFalse();
    }

    private static boolean device(Action action, String topic) {
        return RuleSet.named(Credentials.DEVICE).orElseThrow().allows(action, topic, "press-1");
    }

    private static boolean covers(String allowed, String asked) {
        return new AllowedFilter(allowed).covers(TopicText.subscribed(asked).orElseThrow(), "unused");
    }

    /** The standard's words once more, written apart from what is tested. */
    private static BitSet matched(String filter, List<String> topics) {
        boolean hidesDollar = filter.startsWith("+") || filter.startsWith("#");
        String pattern = filter.equals("#")
                ? ".*"
                : filter.replace("$", "\\$").replace("+", "[^/]*").replaceAll("/#$", "(/.*)?");
        Predicate<String> fits = Pattern.compile(pattern).asMatchPredicate();
        BitSet matched = new BitSet();
        IntStream.range(0, topics.size())
                .filter(i -> fits.test(topics.get(i)))
                .filter(i -> !(hidesDollar && topics.get(i).startsWith("$")))
                .forEach(matched::set);
        return matched;
    }

    private static List<String> filters() {
        List<String> plain = sequences(List.of("", "a", "+", "$s"), 3);
        List<String> all = new ArrayList<>(plain);
        plain.forEach(filter -> all.add(filter + "/#"));
        all.add("#");
        all.removeIf(String::isEmpty);
        return all;
    }

    private static List<String> sequences(List<String> levels, int longest) {
        List<String> all = new ArrayList<>(levels);
        List<String> last = levels;
        for (int length = 2; length <= longest; length++) {
            last = last.stream()
                    .flatMap(head -> levels.stream().map(level -> head + "/" + level))
                    .toList();
            all.addAll(last);
        }
        return all;
    }
}
