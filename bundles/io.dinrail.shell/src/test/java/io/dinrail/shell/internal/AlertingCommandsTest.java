package io.dinrail.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertingCommandsTest extends ShellTest {
    private static final String RULE = "{\"name\":\"filler-hot\",\"device\":\"filler-1\",\"tag\":\"temperature\","
            + "\"above\":80.0,\"hysteresis\":2.0,\"delay\":\"3s\",\"severity\":\"critical\",\"message\":\"too hot\"}";

    @Test
    void rulesAreShownInTheFormOfTheirFiles() {
        assertThat(shell.out("dinrail:rule-list --json")).isEqualTo("[" + RULE + "]");
        assertThat(shell.out("dinrail:rule-show filler-hot --json")).isEqualTo(RULE);
        assertThat(shell.out("dinrail:rule-list")).contains("above 80.0", "3s");
        assertThat(shell.out("dinrail:rule-show filler-hot")).contains("too hot");
        assertThat(shell.failure("dinrail:rule-show cold"))
                .isEqualTo("rule 'cold' is unknown: dinrail:rule-list shows the known ones");
    }

    @Test
    void aRuleIsAddedFromAFileAndRemovedOnce(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("rule.json"), RULE);

        assertThat(shell.out("dinrail:rule-remove filler-hot")).isEqualTo("removed rule filler-hot");
        assertThat(shell.failure("dinrail:rule-remove filler-hot")).isEqualTo("rule 'filler-hot' is unknown");
        assertThat(shell.out("dinrail:rule-add " + file)).isEqualTo("added rule filler-hot");
        assertThat(alerting.rules).containsExactly(FakeAlerting.HOT);
    }

    @Test
    void aRuleFileThatCannotBeUsedIsRefusedInOneSentence(@TempDir Path folder) throws Exception {
        Path wrong = Files.writeString(folder.resolve("wrong.json"), "{}");
        Path binary = Files.write(folder.resolve("binary.json"), new byte[] {(byte) 0xff, (byte) 0xfe});

        assertThat(shell.failure("dinrail:rule-add " + wrong)).isEqualTo("line 1, column 2: a rule has a name");
        assertThat(shell.failure("dinrail:rule-add " + binary)).isEqualTo(binary + " is no text in UTF-8");
        assertThat(shell.failure("dinrail:rule-add /nowhere/rule.json"))
                .isEqualTo("can't read /nowhere/rule.json on the server: give the absolute path of a file there");
    }

    @Test
    void alertsAreListedByState() {
        String cleared = "{\"id\":1,\"rule\":\"filler-hot\",\"device\":\"filler-1\",\"tag\":\"temperature\","
                + "\"severity\":\"critical\",\"message\":\"too hot\",\"state\":\"cleared\",\"value\":81.5,\"limit\":80.0,"
                + "\"raisedAt\":\"2026-11-22T12:00:00Z\",\"acknowledgedAt\":null,\"note\":null,"
                + "\"clearedAt\":\"2026-11-22T12:01:00Z\",\"condition\":null}";

        assertThat(shell.out("dinrail:alert-list --state cleared --json")).isEqualTo("[" + cleared + "]");
        assertThat(shell.out("dinrail:alert-list --state=raised --json")).contains("\"id\":2,");
        assertThat(shell.out("dinrail:alert-list")).contains("raised", "cleared", "81.5");
        assertThat(shell.failure("dinrail:alert-list --state open"))
                .isEqualTo("state 'open' is none of raised, acknowledged, cleared");
    }

    @Test
    void anAlertIsAcknowledgedWithANote() {
        assertThat(shell.out("dinrail:alert-ack 2 --note \"on my way\"")).isEqualTo("alert 2 is acknowledged");
        assertThat(alerting.notes).containsExactly("on my way");
        assertThat(shell.failure("dinrail:alert-ack 9")).isEqualTo("alert 9 is unknown");
        assertThat(shell.failure("dinrail:alert-ack nine"))
                .isEqualTo("'nine' is no alert's id: dinrail:alert-list shows them");
    }
}
