package io.dinrail.broker.front;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicNamesTest {
    @ParameterizedTest
    @CsvSource({
        "a/b, a/b, true",
        "a/+, a/b, true",
        "a/+, a, false",
        "a/#, a, true",
        "a/#, a/b/c, true",
        "#, a, true",
        "#, $SYS/a, false",
        "+/a, $SYS/a, false",
        "$SYS/#, $SYS/a, true",
        "#, _system/a, false",
        "+/a, _SYSTEM/a, false",
        "_system/+, _system/a, true",
        "#, _systems/a, true",
        "+/b/#, a/b, true",
        "a, a/b, false",
        "a//b, a//b, true",
        "a/+/b, a//b, true"
    })
    void aFilterMatchesAsTheStandardSays(String filter, String topic, boolean matches) {
        assertThat(TopicNames.matches(filter, topic)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({"a/b, true", "/, true", "a/#, true", "+, true", "+a, false", "a/#/b, false", "'', false"})
    void aFilterIsWellFormedOrNot(String filter, boolean fine) {
        assertThat(TopicNames.isFilter(filter)).isEqualTo(fine);
    }
}
