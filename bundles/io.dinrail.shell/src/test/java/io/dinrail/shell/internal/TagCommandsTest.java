package io.dinrail.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.command.api.CommandState;
import io.dinrail.connector.api.ConnectedTags;
import io.dinrail.connector.api.WriteResult;
import io.dinrail.model.api.TagValue;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TagCommandsTest extends ShellTest {
    @Test
    void tagsOfConnectorsAndOfDevicesStandInOneList() {
        assertThat(shell.out("dinrail:tag-list --json"))
                .isEqualTo(
                        "[{\"device\":\"filler-1\",\"tag\":\"setpoint\",\"value\":null,\"quality\":null,\"status\":null,"
                                + "\"unit\":\"Cel\",\"timestamp\":null,\"seq\":null,"
                                + "\"connector\":\"filler\",\"address\":\"input:0\",\"access\":\"rw\"},"
                                + "{\"device\":\"filler-1\",\"tag\":\"temperature\",\"value\":71.5,\"quality\":\"good\",\"status\":null,"
                                + "\"unit\":\"Cel\",\"timestamp\":\"2026-11-22T12:00:00.500Z\",\"seq\":7,"
                                + "\"connector\":\"filler\",\"address\":\"input:0\",\"access\":\"r\"},"
                                + "{\"device\":\"press-1\",\"tag\":\"humidity\",\"value\":null,\"quality\":\"bad\",\"status\":\"stale\","
                                + "\"unit\":null,\"timestamp\":\"2026-11-22T12:00:00.500Z\",\"seq\":1,"
                                + "\"connector\":null,\"address\":null,\"access\":null}]");
        assertThat(shell.out("dinrail:tag-list")).contains("71.5", "bad/stale");
    }

    @Test
    void theListIsNarrowedByConnectorAndDevice() {
        assertThat(shell.out("dinrail:tag-list --connector filler"))
                .contains("setpoint")
                .doesNotContain("humidity");
        assertThat(shell.out("dinrail:tag-list --device press-1"))
                .contains("humidity")
                .doesNotContain("setpoint");
        assertThat(shell.out("dinrail:tag-list --device nobody --json")).isEqualTo("[]");
    }

    @Test
    void aConnectedTagIsReadFromItsDevice() {
        assertThat(shell.out("dinrail:tag-read filler-1 temperature"))
                .isEqualTo("2026-11-22T12:00:00.500Z filler-1/temperature 71.5 Cel good");
        assertThat(shell.out("dinrail:tag-read filler-1 temperature --json"))
                .isEqualTo("{\"device\":\"filler-1\",\"tag\":\"temperature\",\"value\":71.5,\"quality\":\"good\","
                        + "\"status\":null,\"unit\":\"Cel\",\"timestamp\":\"2026-11-22T12:00:00.500Z\",\"timeFrom\":\"source\","
                        + "\"receivedAt\":\"2026-11-22T12:00:00.505Z\",\"seq\":null}");
    }

    @Test
    void ofADeviceThatReportsByItselfTheNewestReadingIsShown() {
        assertThat(shell.out("dinrail:tag-read press-1 humidity"))
                .isEqualTo("2026-11-22T12:00:00.500Z press-1/humidity - bad/stale");
        assertThat(shell.out("dinrail:tag-read press-1 humidity --json")).contains("\"value\":null", "\"seq\":1");
    }

    @Test
    void anUnknownTagIsRefused() {
        assertThat(shell.failure("dinrail:tag-read filler-1 nothing"))
                .isEqualTo("nothing is known of tag filler-1/nothing: dinrail:tag-list shows the known ones");
    }

    @Test
    void aWriteIsACommandAndTellsItsVerdict() {
        assertThat(shell.out("dinrail:tag-write filler-1 setpoint 40"))
                .isEqualTo("filler-1/setpoint: applied, it is now 40.0");
        assertThat(router.commands).first().satisfies(command -> {
            assertThat(command.type()).isEqualTo("write");
            assertThat(command.params()).isEqualTo("{\"tag\":\"setpoint\",\"value\":40}");
            assertThat(command.by()).isEqualTo("shell:tester");
        });
        assertThat(shell.out("dinrail:tag-write filler-1 setpoint 40 --json"))
                .isEqualTo("{\"verdict\":\"applied\",\"value\":40.0,\"detail\":null,\"command\":\"id-1\"}");
    }

    @Test
    void aWriteThatWasNotAppliedFailsAndSaysWhy() {
        router.outcome = CommandState.REJECTED;
        router.result = "{\"verdict\":\"refused\",\"detail\":\"130 is above the maximum 120\"}";

        assertThat(shell.failure("dinrail:tag-write filler-1 setpoint 130"))
                .isEqualTo("filler-1/setpoint: refused: 130 is above the maximum 120");
        TestShell.Answer json = shell.run("dinrail:tag-write filler-1 setpoint 130 --json");
        assertThat(json.out()).startsWith("{\"verdict\":\"refused\"");
        assertThat(json.failure()).isNotEmpty();
    }

    @Test
    void aWriteThatNobodyAnsweredInTimeFails() {
        router.outcome = CommandState.SENT;
        router.result = "";

        assertThat(shell.failure("dinrail:tag-write filler-1 setpoint 40"))
                .isEqualTo("filler-1/setpoint: sent: no answer yet, dinrail:command-show id-0");
    }

    @Test
    void withoutCommandRoutingAWriteGoesToTheConnector() {
        try (TestShell bare = new TestShell()) {
            bare.framework.add(ConnectedTags.class, southbound.tags());

            assertThat(bare.out("dinrail:tag-write filler-1 setpoint -4.5"))
                    .isEqualTo("filler-1/setpoint: applied, it is now 40.0");
            assertThat(southbound.written).containsExactly(TagValue.of(-4.5));
            southbound.answer = new WriteResult(
                    WriteResult.Verdict.CLAMPED, Optional.of(TagValue.of(120.0)), "the device moved it");
            assertThat(bare.failure("dinrail:tag-write filler-1 setpoint 300"))
                    .isEqualTo("filler-1/setpoint: clamped, it is now 120.0: the device moved it");
            assertThat(bare.failure("dinrail:tag-write nobody setpoint 3"))
                    .isEqualTo("no connector serves nobody/setpoint");
        }
    }
}
