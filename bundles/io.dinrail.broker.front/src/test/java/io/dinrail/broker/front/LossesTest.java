package io.dinrail.broker.front;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LossesTest {
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final PrintStream before = System.err;

    @BeforeEach
    void listen() {
        System.setErr(new PrintStream(log, true, UTF_8));
    }

    @AfterEach
    void end() {
        System.setErr(before);
    }

    @Test
    void whatForgesALineIsNotWritten() {
        new Losses(Clock.systemUTC()).count("test", "press\n-1\u202e", "said '\u001b[31m\u2028\u2066'");

        assertThat(log.toString(UTF_8)).contains("press?-1?", "said '?[31m??'");
    }
}
