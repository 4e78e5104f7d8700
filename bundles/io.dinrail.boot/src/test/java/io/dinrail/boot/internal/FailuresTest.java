package io.dinrail.boot.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.Test;

final class FailuresTest {
    @Test
    void theSentenceOfAFailureIsAllThatIsSaid() {
        assertThat(Failures.sentence(new IllegalStateException("device press-1 is unknown")))
                .isEqualTo("device press-1 is unknown");
    }

    @Test
    void coloursAreTakenOff() {
        assertThat(Failures.sentence(new CommandException("\u001B[31mundefined option\u001B[39m --foo", "short")))
                .isEqualTo("undefined option --foo");
    }

    @Test
    void aFailureWithoutAWordIsNamedByItsKind() {
        assertThat(Failures.sentence(new NullPointerException())).isEqualTo("java.lang.NullPointerException");
    }
}
