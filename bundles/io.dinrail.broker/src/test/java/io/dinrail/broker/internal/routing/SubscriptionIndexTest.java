package io.dinrail.broker.internal.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubscriptionIndexTest {
    private final SubscriptionIndex<String> index = new SubscriptionIndex<>();

    private record Key(String filter, String subscriber) {}

    @ParameterizedTest(name = "{0} of {1} is {2}")
    @CsvSource({
        "sport/tennis/player1/#, sport/tennis/player1, true",
        "sport/tennis/player1/#, sport/tennis/player1/score/wimbledon, true",
        "sport/#, sport, true",
        "sport/#, sports, false",
        "sport/#, sport/, true",
        "#, a/b/c, true",
        "#, /, true",
        "sport/+, sport, false",
        "sport/+, sport/, true",
        "sport/+/player1, sport//player1, true",
        "+/+, /finance, true",
        "/+, /finance, true",
        "+, /finance, false",
        "a/+/#, a, false",
        "a/+/#, a/b, true",
        "#, $SYS/a, false",
        "+/a, $SYS/a, false",
        "$SYS/#, $SYS/a/b, true",
        "$SYS/+, $SYS/a, true",
        "a/#, a/$b, true",
        "a/+, a/$b, true",
        "A/b, a/b, false",
        "a/b, a/+, false",
        "a, a/#, false",
        "a/, a, false",
        "//, //, true"
    })
    void aFilterMatchesWhatTheStandardsSay(String filter, String topic, boolean matches) {
        index.add(filter, "s", 1);
        assertThat(matches(topic)).isEqualTo(matches ? List.of("s 1") : List.of());
        assertThat(Standard.matches(filter, topic)).isEqualTo(matches);
    }

    @Test
    void overlappingFiltersOfOneSubscriberAreVisitedEachInAFixedOrder() {
        index.add("a/b", "s", 4);
        index.add("a/+", "s", 3);
        index.add("+/b", "s", 2);
        index.add("#", "s", 0);
        index.add("a/#", "s", 5);
        index.add("+/#", "s", 1);
        assertThat(matches("a/b")).containsExactly("s 0", "s 1", "s 2", "s 5", "s 3", "s 4");
    }

    @Test
    void subscribingAgainReplacesTheOptions() {
        assertThat(index.add("a/+", "s", 1)).isTrue();
        assertThat(index.add("a/+", "s", 2)).isFalse();
        assertThat(matches("a/b")).containsExactly("s 2");
        assertThat(index.options("a/+", "s")).hasValue(2);
        assertThat(index.size()).isOne();
    }

    @Test
    void removingWhatIsNotThereSaysSo() {
        index.add("a/b", "s", 1);
        assertThat(index.remove("a", "s")).isFalse();
        assertThat(index.remove("a/b/c", "s")).isFalse();
        assertThat(index.remove("a/+", "s")).isFalse();
        assertThat(index.remove("a/b", "t")).isFalse();
        assertThat(index.remove("a/b", "s")).isTrue();
        assertThat(index.remove("a/b", "s")).isFalse();
        assertThat(index.size()).isZero();
    }

    @Test
    void aFilterTooDeepToWalkIsRefused() {
        String deepest = "+/".repeat(255) + "a";
        index.add(deepest, "s", 1);
        assertThat(matches("b/".repeat(255) + "a")).containsExactly("s 1");
        assertThat(matches("/".repeat(65_534))).isEmpty();
        assertThatThrownBy(() -> index.add("+/" + deepest, "s", 1)).hasMessageContaining("257 levels");
    }

    @RepeatedTest(8)
    void itFindsWhatTryingEveryFilterFinds(RepetitionInfo seed) {
        Random random = new Random(seed.getCurrentRepetition());
        Map<Key, Long> model = new HashMap<>();
        for (int i = 0; i < 3000; i++) {
            Key key = new Key(Standard.filter(random), "s" + random.nextInt(1 + random.nextInt(60)));
            if (random.nextInt(100) < (i / 500 % 2 == 0 ? 80 : 25)) {
                assertThat(index.add(key.filter, key.subscriber, i)).isEqualTo(model.put(key, (long) i) == null);
            } else {
                key = model.isEmpty() || random.nextBoolean() ? key : any(model, random);
                assertThat(index.remove(key.filter, key.subscriber)).isEqualTo(model.remove(key) != null);
            }
            if (i % 5 == 0) {
                String topic = Standard.topic(random);
                assertThat(matches(topic))
                        .as("seed %s, step %s, topic %s", seed.getCurrentRepetition(), i, topic)
                        .containsExactlyInAnyOrderElementsOf(expected(model, topic));
            }
        }
        assertThat(index.size()).isEqualTo(model.size());
        model.keySet()
                .forEach(key ->
                        assertThat(index.remove(key.filter, key.subscriber)).isTrue());
        assertThat(index.isBare()).isTrue();
    }

    private static Key any(Map<Key, Long> model, Random random) {
        return model.keySet().stream()
                .skip(random.nextInt(model.size()))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> expected(Map<Key, Long> model, String topic) {
        return model.entrySet().stream()
                .filter(entry -> Standard.matches(entry.getKey().filter, topic))
                .map(entry -> entry.getKey().subscriber + " " + entry.getValue())
                .toList();
    }

    private List<String> matches(String topic) {
        List<String> found = new ArrayList<>();
        index.match(topic, (subscriber, options) -> found.add(subscriber + " " + options));
        return found;
    }
}
