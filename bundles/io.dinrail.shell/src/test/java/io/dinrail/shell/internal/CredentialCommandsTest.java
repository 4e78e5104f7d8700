package io.dinrail.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.identity.api.Actor;
import io.dinrail.identity.api.CredentialOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialCommandsTest extends ShellTest {
    @Test
    void anIssuedCredentialShowsItsPasswordOnce() {
        assertThat(shell.out("dinrail:credential-issue press-1 --json"))
                .isEqualTo("{\"username\":\"press-1\",\"password\":\"s3cret\",\"clientIds\":[\"press-1\"]}");
        String json = "{\"name\":\"press-1\",\"kind\":\"device\",\"organisation\":\"default\",\"displayName\":null,"
                + "\"ruleSet\":\"device\",\"clientIds\":[\"press-1\"],\"state\":\"active\",\"secrets\":1,"
                + "\"createdAt\":\"2026-11-22T10:00:00Z\",\"expiresAt\":null,\"lastUsedAt\":null}";
        assertThat(shell.out("dinrail:credential-list --json")).isEqualTo("[" + json + "]");
        assertThat(shell.out("dinrail:credential-show press-1 --json")).isEqualTo(json);
        assertThat(shell.out("dinrail:credential-list")).contains("press-1").doesNotContain("s3cret");
    }

    @Test
    void whoAsksAndFromWhereIsToldToIdentity() {
        shell.out("dinrail:credential-issue press-1");

        assertThat(credentials.actors).containsExactly(new Actor("tester", "ssh 192.0.2.7"));
    }

    @Test
    void whatIsWantedIsPassedOn() {
        assertThat(shell.out("dinrail:credential-issue scada --rule-set backend --client-ids scada,scada-*"
                        + " --display-name 'Line SCADA' --expires 2027-01-31"))
                .isEqualTo("username scada password s3cret client ids scada,scada-* (the password is not shown again)");
        assertThat(credentials.list()).first().satisfies(credential -> {
            assertThat(credential.ruleSet()).isEqualTo("backend");
            assertThat(credential.clientIds()).containsExactly("scada", "scada-*");
            assertThat(credential.displayName()).isEqualTo("Line SCADA");
            assertThat(credential.expiresAt()).contains(Instant.parse("2027-01-31T00:00:00Z"));
        });
        assertThat(shell.failure("dinrail:credential-issue x --expires someday"))
                .startsWith("'someday' is no period");
        assertThat(shell.failure("dinrail:credential-issue x --expires 2027-02-30"))
                .startsWith("'2027-02-30' is no time");
    }

    @Test
    void aSecretThatItsOwnerHoldsComesFromAFileAndIsNotShown(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("secret"), "0123456789abcdef\n");

        assertThat(shell.out("dinrail:credential-issue press-1 --json --password-file " + file))
                .isEqualTo("{\"username\":\"press-1\",\"password\":null,\"clientIds\":[\"press-1\"]}");
        assertThat(credentials.orders.get(0).secret())
                .isEqualTo(new CredentialOrder.SecretChoice.Given("0123456789abcdef"));
        shell.out("dinrail:credential-issue press-2 --no-password");
        assertThat(credentials.orders.get(1).secret()).isEqualTo(new CredentialOrder.SecretChoice.None());
    }

    @Test
    void aFileInTheFolderOfSecretsIsNotRead(@TempDir Path folder) throws Exception {
        Path secrets = Files.createDirectory(folder.resolve("secrets"));
        Path key = Files.writeString(secrets.resolve("master.key"), "0123456789abcdef\n");
        Path detour = Files.createSymbolicLink(folder.resolve("rule.json"), key);
        shell.framework.property("dinrail.secrets", secrets.toString());

        for (String line : new String[] {
            "dinrail:device-import " + key,
            "dinrail:rule-add " + detour,
            "dinrail:acl-validate " + detour,
            "dinrail:credential-import " + folder + "/secrets/../secrets/master.key"
        }) {
            assertThat(shell.failure(line))
                    .contains("lies in the folder of secrets, which no command reads")
                    .doesNotContain("0123456789abcdef");
        }
    }

    @Test
    void whatIsNoFileOnADiskIsNotReadSinceItMayNeverEndOrTellTheEnvironment() {
        for (String path :
                new String[] {"/dev/zero", "/dev/random", "/proc/self/environ", "/proc/self/cmdline", "/tmp"}) {
            assertThat(shell.failure("dinrail:rule-add " + path)).contains("is no file that lies on a disk");
            assertThat(shell.failure("dinrail:device-import " + path)).contains("is no file that lies on a disk");
        }
    }

    @Test
    void nothingIsQuotedOfAFileThatIsSomethingElse(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("shadow"), "root:$6$hash:1\nx:y:2\n");

        assertThat(shell.failure("dinrail:device-import " + file)).doesNotContain("root", "hash");
        assertThat(shell.failure("dinrail:rule-add " + file)).doesNotContain("root", "hash");
    }

    @Test
    void onlyWhatIsGivenChanges() {
        shell.out("dinrail:credential-issue press-1 --display-name Press --expires 30d");

        shell.out("dinrail:credential-change press-1 --rule-set gateway");
        assertThat(credentials.list().get(0)).satisfies(credential -> {
            assertThat(credential.ruleSet()).isEqualTo("gateway");
            assertThat(credential.displayName()).isEqualTo("Press");
            assertThat(credential.expiresAt()).isPresent();
        });
        shell.out("dinrail:credential-change press-1 --expires never");
        assertThat(credentials.list().get(0).expiresAt()).isEmpty();
    }

    @Test
    void aRotationShowsTheNewPassword() {
        shell.out("dinrail:credential-issue press-1");

        assertThat(shell.out("dinrail:credential-rotate press-1 --overlap 1h")).contains("password n3w-1 ");
        assertThat(shell.out("dinrail:credential-rotate press-1 --json")).contains("\"password\":\"n3w-24\"");
    }

    @Test
    void aCredentialIsDisabledEnabledAndRevokedOnce() {
        shell.out("dinrail:credential-issue press-1");

        assertThat(shell.failure("dinrail:credential-issue press-1"))
                .isEqualTo("credential 'press-1' is there already");
        assertThat(shell.out("dinrail:credential-disable press-1")).isEqualTo("disabled credential press-1");
        assertThat(shell.out("dinrail:credential-list")).contains("disabled");
        assertThat(shell.out("dinrail:credential-enable press-1")).isEqualTo("enabled credential press-1");
        assertThat(shell.out("dinrail:credential-revoke press-1")).isEqualTo("revoked credential press-1");
        assertThat(shell.failure("dinrail:credential-revoke press-1")).isEqualTo("credential 'press-1' is unknown");
        assertThat(shell.failure("dinrail:credential-show press-1"))
                .isEqualTo("credential 'press-1' is unknown: dinrail:credential-list shows the known ones");
    }
}
