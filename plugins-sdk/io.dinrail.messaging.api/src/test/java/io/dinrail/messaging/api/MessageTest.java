package io.dinrail.messaging.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "a/+", "#", "a\0b"})
    void nothingIsPublishedOnAFilter(String topic) {
        assertThatThrownBy(() -> new Message(topic, new byte[0], 0, false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theQosIsOneOfThree() {
        assertThatThrownBy(() -> new Message("a", new byte[0], 3, false)).hasMessageContaining("QoS");
        assertThat(new Message("a", new byte[0], 2, false).qos()).isEqualTo(2);
    }
}
