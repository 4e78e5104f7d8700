package io.dinrail.model.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"press-1", "A", "9", "line.4_a~b-c"})
    void aPlainNameIsADeviceId(String name) {
        assertThat(new DeviceId(name)).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-press", "press/1", "press+", "#", "press 1", "pré", "a\nb", "a\0b", "${jndi:ldap://x}"})
    void aNameThatCouldWidenATopicIsNoDeviceId(String name) {
        assertThatThrownBy(() -> new DeviceId(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRefusedNameIsShownShortAndWithoutControlCharacters() {
        assertThatThrownBy(() -> new DeviceId("a\n" + "x".repeat(70_000)))
                .hasMessageContaining("'a?x")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200).doesNotContain("\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "a+", "#", "a\tb"})
    void aTagNameStandsInOneTopicLevel(String name) {
        assertThatThrownBy(() -> TagId.of("press-1", name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tagsSortByDeviceThenName() {
        assertThat(TagId.of("a", "z")).isLessThan(TagId.of("b", "a"));
        assertThat(TagId.of("a", "a")).isLessThan(TagId.of("a", "b")).hasToString("a/a");
    }
}
