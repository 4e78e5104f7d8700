package io.dinrail.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.command.api.CommandState;
import org.junit.jupiter.api.Test;

class CommandCommandsTest extends ShellTest {
    private static final String SEND = "dinrail:command-send filler-1 write '{\"tag\": \"setpoint\", \"value\": 40}'";

    @Test
    void parametersInSingleQuotesArriveAsTheyAre() {
        assertThat(shell.out(SEND)).isEqualTo("command id-0 is ACCEPTED");
        assertThat(router.commands).first().satisfies(command -> {
            assertThat(command.params()).isEqualTo("{\"tag\": \"setpoint\", \"value\": 40}");
            assertThat(command.by()).isEqualTo("shell:tester");
            assertThat(command.expiresAt()).isEqualTo(command.createdAt().plusSeconds(3600));
        });
    }

    @Test
    void parametersInDoubleQuotesWithBackslashesArriveToo() {
        shell.out("dinrail:command-send filler-1 reboot \"{\\\"in\\\": 5}\"");

        assertThat(router.commands.get(0).params()).isEqualTo("{\"in\": 5}");
    }

    @Test
    void withoutParametersAnEmptyObjectIsSent() {
        shell.out("dinrail:command-send filler-1 reboot --expires 5m");

        assertThat(router.commands.get(0).params()).isEqualTo("{}");
        assertThat(router.commands.get(0).expiresAt())
                .isEqualTo(router.commands.get(0).createdAt().plusSeconds(300));
    }

    @Test
    void bareBracesAreAnsweredWithTheWayToWriteThem() {
        assertThat(shell.failure("dinrail:command-send filler-1 write {\"tag\":\"setpoint\"}"))
                .startsWith("the parameters are no JSON object, line 1, column ")
                .endsWith("(write them in single quotes: '{\"tag\": \"setpoint\", \"value\": 40}')");
        assertThat(router.commands).isEmpty();
    }

    @Test
    void waitingShowsTheResultAndFailsUnlessItSucceeded() {
        assertThat(shell.out(SEND + " --wait 10s"))
                .isEqualTo("command id-0 is SUCCEEDED: {\"verdict\":\"applied\",\"value\":40.0}");
        router.outcome = CommandState.REJECTED;
        router.result = "\"no\"";
        assertThat(shell.failure(SEND + " --wait 10s")).isEqualTo("command id-1 is REJECTED: \"no\"");
        router.outcome = CommandState.SENT;
        router.result = "";
        assertThat(shell.failure(SEND + " --wait 10s")).isEqualTo("command id-2 is SENT, not done within 10s");
    }

    @Test
    void commandsAreListedAndShown() {
        shell.out(SEND);
        String json = "{\"id\":\"id-0\",\"device\":\"filler-1\",\"type\":\"write\","
                + "\"params\":{\"tag\":\"setpoint\",\"value\":40},\"state\":\"ACCEPTED\",\"result\":null,"
                + "\"by\":\"shell:tester\",\"createdAt\":\"2026-11-22T12:00:00Z\","
                + "\"expiresAt\":\"2026-11-22T13:00:00Z\",\"changedAt\":\"2026-11-22T12:00:00Z\"}";

        assertThat(shell.out("dinrail:command-list --json")).isEqualTo("[" + json + "]");
        assertThat(shell.out("dinrail:command-show id-0 --json")).isEqualTo(json);
        assertThat(shell.out("dinrail:command-list")).contains("ACCEPTED", "filler-1");
        assertThat(shell.out("dinrail:command-show id-0")).contains("shell:tester");
    }

    @Test
    void aSentCommandIsOneJsonObject() {
        assertThat(shell.out(SEND + " --wait 1s --json"))
                .startsWith("{\"id\":\"id-0\",")
                .contains("\"result\":{\"verdict\":\"applied\",\"value\":40.0}");
    }

    @Test
    void unknownDevicesAndCommandsAreRefused() {
        assertThat(shell.failure("dinrail:command-send nobody reboot")).isEqualTo("device 'nobody' is unknown");
        assertThat(shell.failure("dinrail:command-show x"))
                .isEqualTo("command 'x' is unknown: dinrail:command-list shows the newest ones");
        assertThat(shell.failure("dinrail:command-send filler-1 reboot --expires never"))
                .startsWith("'never' is no period");
    }
}
