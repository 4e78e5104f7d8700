package io.dinrail.command.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CommandStateTest {
    @Test
    void exactlyTheFiveEndingsAreFinal() {
        assertThat(Arrays.stream(CommandState.values())
                        .filter(CommandState::isFinal)
                        .map(Enum::name))
                .containsExactly("SUCCEEDED", "FAILED", "REJECTED", "EXPIRED", "CANCELLED");
    }
}
