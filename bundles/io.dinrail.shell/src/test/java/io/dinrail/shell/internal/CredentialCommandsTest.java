package io.dinrail.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CredentialCommandsTest extends ShellTest {
    @Test
    void anIssuedCredentialShowsItsPasswordOnce() {
        assertThat(shell.out("dinrail:credential-issue press-1 --json"))
                .isEqualTo("{\"username\":\"press-1\",\"password\":\"s3cret\",\"clientIds\":[\"press-1\"]}");
        assertThat(shell.out("dinrail:credential-list --json"))
                .isEqualTo("[{\"name\":\"press-1\",\"ruleSet\":\"device\",\"clientIds\":[\"press-1\"],"
                        + "\"createdAt\":\"2026-11-22T10:00:00Z\"}]");
        assertThat(shell.out("dinrail:credential-list")).contains("press-1").doesNotContain("s3cret");
    }

    @Test
    void ruleSetAndClientIdsArePassedOn() {
        assertThat(shell.out("dinrail:credential-issue scada --rule-set backend --client-ids scada,scada-*"))
                .isEqualTo("username scada password s3cret client ids scada,scada-* (the password is not shown again)");
        assertThat(credentials.list()).first().satisfies(credential -> {
            assertThat(credential.ruleSet()).isEqualTo("backend");
            assertThat(credential.clientIds()).containsExactly("scada", "scada-*");
        });
    }

    @Test
    void aCredentialIsRevokedOnce() {
        shell.out("dinrail:credential-issue press-1");

        assertThat(shell.failure("dinrail:credential-issue press-1"))
                .isEqualTo("credential 'press-1' is there already");
        assertThat(shell.out("dinrail:credential-revoke press-1")).isEqualTo("revoked credential press-1");
        assertThat(shell.failure("dinrail:credential-revoke press-1")).isEqualTo("credential 'press-1' is unknown");
    }
}
