package io.dinrail.boot.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.Test;

final class FailuresTest {
    @Test
    void theSentenceOfAFailureIsAllThatIsSaid() {
        assertThat(sentence(new IllegalStateException("device press-1 is unknown")))
                .isEqualTo("device press-1 is unknown");
    }

    @Test
    void coloursAreTakenOff() {
        assertThat(sentence(new CommandException("\u001B[31mundefined option\u001B[39m --foo", "short")))
                .isEqualTo("undefined option --foo");
    }

    @Test
    void aFailureWithoutAWordIsNamedByItsKind() {
        assertThat(sentence(new NullPointerException())).isEqualTo("java.lang.NullPointerException");
    }

    @Test
    void whatMayBeAMatterOfRolesIsSaidToWhoIsNoAdmin() {
        Exception hidden = new IllegalStateException("Command not found: dinrail:key-list");

        assertThat(Failures.sentence(hidden, false))
                .isEqualTo("Command not found: dinrail:key-list, or not for your role");
        assertThat(sentence(hidden)).isEqualTo("Command not found: dinrail:key-list");
        assertThat(sentence(new SecurityException("Insufficient credentials.")))
                .isEqualTo("your role does not allow this: ask an admin");
    }

    private static String sentence(Throwable failure) {
        return Failures.sentence(failure, true);
    }
}
