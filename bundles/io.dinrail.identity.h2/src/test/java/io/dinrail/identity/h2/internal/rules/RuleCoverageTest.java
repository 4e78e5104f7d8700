package io.dinrail.identity.h2.internal.rules;

import static io.dinrail.identity.api.Action.PUBLISH;
import static io.dinrail.identity.api.Action.SUBSCRIBE;
import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.identity.api.Limits;
import io.dinrail.identity.h2.internal.rules.Rule.Permission;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds decisions against the standard's words, written apart from what is tested: level by level over every small topic. */
class RuleCoverageTest {
    // One level deeper than any filter, with a level that no filter spells out, so that "all of them" means all there
    // could be.
    private final List<String> topics = sequences(List.of("", "a", "b", "other", "$x", "_system"), 4);
    private final Map<String, BitSet> filters = new LinkedHashMap<>();

    RuleCoverageTest() {
        topics.removeIf(String::isEmpty);
        List<String> plain = sequences(List.of("", "a", "b", "+", "$x", "_system"), 2);
        sequences(List.of("", "a", "+"), 3).stream()
                .filter(filter -> !plain.contains(filter))
                .forEach(plain::add);
        List<String> all = new ArrayList<>(plain);
        plain.forEach(filter -> all.add(filter + "/#"));
        all.add("#");
        all.removeIf(String::isEmpty);
        all.forEach(filter -> filters.put(filter, matched(filter)));
    }

    @Test
    void coverageAndOverlapAreExactForEveryPairOfSmallFilters() {
        filters.forEach((rule, all) -> {
            Rights allowed = rights(List.of(rule(rule, Permission.SUBSCRIBE, true)));
            Rights denied = rights(
                    List.of(rule(rule, Permission.SUBSCRIBE, false), everything(), spelled("$x"), spelled("_system")));
            filters.forEach((asked, some) -> {
                assertThat(allowed.may(SUBSCRIBE, asked))
                        .as("%s covers %s", rule, asked)
                        .isEqualTo(isWithin(some, all) && isReached(rule, asked));
                assertThat(denied.may(SUBSCRIBE, asked))
                        .as("%s is apart from %s", rule, asked)
                        .isEqualTo(!some.intersects(all));
            });
        });
    }

    @Test
    void publishingAndReceivingFollowTheFirstRuleThatMatches() {
        Random random = new Random(11);
        List<String> names = List.copyOf(filters.keySet());
        for (int i = 0; i < 2_000; i++) {
            List<Rule> rules = Stream.generate(() ->
                            rule(names.get(random.nextInt(names.size())), Permission.PUBSUB, random.nextInt(3) > 0))
                    .limit(1 + random.nextInt(5))
                    .toList();
            Rights rights = rights(rules);
            for (int j = 0; j < 40; j++) {
                int topic = random.nextInt(topics.size());
                String text = topics.get(topic);
                assertThat(rights.may(PUBLISH, text))
                        .as("%s publish %s", rules, text)
                        .isEqualTo(!TopicText.isReserved(text) && isFirstAllowing(rules, topic));
                assertThat(rights.mayReceive(text))
                        .as("%s receive %s", rules, text)
                        .isEqualTo(isFirstAllowing(rules, topic));
                assertThat(rights.may(SUBSCRIBE, text)).isEqualTo(rights.mayReceive(text));
            }
        }
    }

    /** However rules are put together: who may subscribe may receive all of it, but for the platform's own topics. */
    @Test
    void whatIsGrantedAsAFilterIsGrantedTopicByTopic() {
        Random random = new Random(13);
        List<String> names = List.copyOf(filters.keySet());
        for (int i = 0; i < 4_000; i++) {
            Rights rights = rights(Stream.generate(() ->
                            rule(names.get(random.nextInt(names.size())), Permission.PUBSUB, random.nextInt(3) > 0))
                    .limit(1 + random.nextInt(5))
                    .toList());
            String asked = names.get(random.nextInt(names.size()));
            if (rights.may(SUBSCRIBE, asked)) {
                assertThat(filters.get(asked).stream().mapToObj(topics::get))
                        .allMatch(topic -> rights.mayReceive(topic)
                                || TopicText.isReserved(topic) && !TopicText.isReserved(asked));
            }
        }
    }

    private boolean isFirstAllowing(List<Rule> rules, int topic) {
        return rules.stream()
                .filter(rule -> filters.get(rule.topic()).get(topic))
                .filter(rule -> !rule.allows() || isReached(rule.topic(), topics.get(topic)))
                .findFirst()
                .filter(Rule::allows)
                .isPresent();
    }

    /** The platform's own topics are granted by rules that spell their first level out only. */
    private static boolean isReached(String rule, String asked) {
        return !TopicText.isReserved(asked) || !rule.startsWith("+") && !rule.startsWith("#");
    }

    private static boolean isWithin(BitSet some, BitSet all) {
        BitSet outside = (BitSet) some.clone();
        outside.andNot(all);
        return outside.isEmpty();
    }

    private BitSet matched(String filter) {
        BitSet matched = new BitSet();
        IntStream.range(0, topics.size())
                .filter(i -> matches(filter.split("/", -1), topics.get(i).split("/", -1)))
                .forEach(matched::set);
        return matched;
    }

    private static boolean matches(String[] filter, String[] topic) {
        if (topic[0].startsWith("$") && (filter[0].equals("+") || filter[0].equals("#"))) {
            return false;
        }
        for (int i = 0; i < filter.length; i++) {
            if (filter[i].equals("#")) {
                return true;
            }
            if (i == topic.length || !filter[i].equals("+") && !filter[i].equals(topic[i])) {
                return false;
            }
        }
        return filter.length == topic.length;
    }

    private static Rule everything() {
        return rule("#", Permission.SUBSCRIBE, true);
    }

    private static Rule spelled(String first) {
        return rule(first + "/#", Permission.SUBSCRIBE, true);
    }

    private static Rule rule(String topic, Permission permission, boolean allows) {
        return new Rule(10, "%", topic, permission, allows, Optional.empty());
    }

    private static Rights rights(List<Rule> rules) {
        return new RuleDocument("test", rules, Limits.USUAL).bind(TestFacts.of("x"));
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
