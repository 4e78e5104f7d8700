package io.dinrail.shell.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.identity.api.Audit;
import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Role;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityCommandsTest extends ShellTest {
    @TempDir
    Path folder;

    @Test
    void aRuleSetIsImportedUnderTheNameOfItsFile() throws Exception {
        Path file = Files.writeString(folder.resolve("packers.json"), "{}");

        assertThat(shell.out("dinrail:acl-import " + file).lines())
                .containsExactly("warning at rules[0]: is never reached", "rule set packers is in force");
        shell.out("dinrail:acl-import " + file + " --name p2 --org four");
        assertThat(identity.asked)
                .containsExactly(
                        "tester: [put, default, packers, {}]", "tester: [put, " + FakeIdentity.LINE + ", p2, {}]");
        assertThat(shell.out("dinrail:acl-export packers")).isEqualTo("{\"set\":\"default/packers\"}");
        assertThat(shell.out("dinrail:acl-list --json")).contains("\"fault\":null");
    }

    @Test
    void whatIsWrongWithADocumentIsNamedWithItsPlace() throws Exception {
        Path bad = Files.writeString(folder.resolve("bad.json"), "bad");
        Path good = Files.writeString(folder.resolve("good.json"), "{}");

        assertThat(shell.failure("dinrail:acl-import " + bad)).startsWith("rules[3].topic: ");
        assertThat(shell.failure("dinrail:acl-validate " + bad))
                .endsWith("1 errors, the first error at rules[3].topic: a # stands in the middle");
        assertThat(shell.out("dinrail:acl-validate " + good)).endsWith("good.json can be imported");
        assertThat(shell.out("dinrail:acl-validate --json " + good)).startsWith("[{\"error\":false,");
    }

    @Test
    void aDecisionIsExplained() throws Exception {
        assertThat(shell.out("dinrail:acl-explain press-1@four publish telemetry/x --json"))
                .isEqualTo("{\"allowed\":true,\"rule\":\"device 10: allow telemetry/x as press-1\","
                        + "\"variables\":{\"%c\":\"press-1\",\"%u\":\"press-1@four\"}}");
        assertThat(shell.failure("dinrail:acl-explain press-1 read x"))
                .contains("'read' is none of publish, subscribe");
        Path file = Files.writeString(folder.resolve("set.json"), "{}");
        assertThat(shell.out("dinrail:acl-explain press-1 subscribe '#' --document " + file))
                .contains("document: denied");
        shell.caller = TestShell.caller("eve", "viewer");
        assertThat(shell.failure("dinrail:acl-explain press-1 subscribe '#' --document " + file))
                .isEqualTo("--document reads a file on the server, which needs the role admin");
    }

    @Test
    void keysAreMadeAndTheirSecretsShownOnce() {
        assertThat(shell.out("dinrail:key-create web --patterns 'a.*,b' --actions subscribe,publish --json"))
                .isEqualTo(
                        "{\"id\":\"sk_id_1\",\"secret\":\"sk_secret_x\",\"key\":\"sk_id_1_secret_x\",\"warnings\":[]}");
        assertThat(identity.asked.get(0))
                .startsWith("tester: [create, default, web, [a.*, b], [")
                .contains("SUBSCRIBE", "PUBLISH");
        assertThat(shell.failure("dinrail:key-create web --origins https://x"))
                .startsWith("--origins is for publishable");
        assertThat(shell.failure("dinrail:key-create web --actions fly"))
                .isEqualTo("'fly' is none of publish, subscribe, presence, send, command");
        shell.out("dinrail:key-create web --publishable --patterns a --origins https://x");
        assertThat(identity.asked.get(1)).isEqualTo("tester: [createPublishable, default, web, [a], [], [https://x]]");
        shell.out("dinrail:key-disable sk_id_1");
        shell.out("dinrail:key-enable sk_id_1");
        assertThat(identity.asked).contains("tester: [disable, sk_id_1, true]", "tester: [disable, sk_id_1, false]");
        assertThat(shell.out("dinrail:key-list")).doesNotContain("secret_");
    }

    @Test
    void tokensAreMadeFromKeysAndForIdentities() {
        assertThat(shell.out("dinrail:token-mint sk_id_1 --peer p --channels a,b --expires 10m"))
                .isEqualTo("token header.claims.signature (not shown again)");
        assertThat(identity.asked.get(0)).contains("peer=p", "channels=Optional[[a, b]]", "life=PT10M");
        assertThat(shell.failure("dinrail:token-mint sk_id_1")).contains("give --peer");

        assertThat(shell.out("dinrail:token-create ann@example.org --org four --claim line=4 --claim hall=b"))
                .contains("username t-1@" + FakeIdentity.LINE + " password tkn_x ");
        assertThat(identity.asked.get(1)).contains("line=4", "hall=b", "life=PT1H");
        assertThat(shell.failure("dinrail:token-create ann --claim line")).startsWith("claim 'line' is refused");
        assertThat(shell.out("dinrail:token-list --json")).contains("\"identity\":\"ann@example.org\"");
    }

    @Test
    void aCodeOfAnEnrolmentIsShownOnce() {
        assertThat(shell.out("dinrail:enrolment-open gw-1 --rule-set gateway --json"))
                .contains("\"code\":\"enr_x\"");
        assertThat(identity.asked).containsExactly("tester: [open, gw-1, gateway, PT24H]");
        assertThat(shell.out("dinrail:enrolment-list")).contains("gw-1").doesNotContain("enr_");
    }

    @Test
    void onlyWhatIsGivenOfAnOrganisationChanges() {
        shell.out("dinrail:organisation-change four --alias vier,quattro --max-connections 50 --close-on-refused true");

        Organisation changed = identity.organisations.get(FakeIdentity.LINE);
        assertThat(changed.aliases()).containsExactly("vier", "quattro");
        assertThat(changed.displayName()).isEqualTo("line 4");
        assertThat(changed.maxConnections()).isEqualTo(50);
        assertThat(changed.closesOnRefusedPublish()).isTrue();
        assertThat(shell.out("dinrail:organisation-disable vier"))
                .isEqualTo("disabled organisation " + FakeIdentity.LINE);
        assertThat(identity.organisations.get(FakeIdentity.LINE).disabled()).isTrue();
        assertThat(shell.failure("dinrail:organisation-change four --name x"))
                .startsWith("organisation 'four' is unknown");
    }

    @Test
    void aPersonGetsARoleAKeyAndAPassword() {
        assertThat(shell.out("dinrail:person-add ann --role operator --key 'ssh-ed25519 AAAA ann'"))
                .isEqualTo("added person ann");
        assertThat(people.people.get("ann").role()).isEqualTo(Role.OPERATOR);
        assertThat(shell.out("dinrail:person-role ann engineer"))
                .isEqualTo("person ann is engineer now; shells opened before are closed");
        shell.in = new ByteArrayInputStream("correct horse\nrest".getBytes(UTF_8));
        assertThat(shell.out("dinrail:person-password ann")).isEqualTo("set the password of ann");
        assertThat(people.passwords).containsExactly("correct horse");
        shell.in = new ByteArrayInputStream(new byte[0]);
        assertThat(shell.failure("dinrail:person-password ann")).startsWith("no password came in");
        assertThat(shell.failure("dinrail:person-password ann secret")).contains("one word too many");
        shell.out("dinrail:person-disable ann");
        assertThat(shell.out("dinrail:person-list --json")).contains("\"disabled\":true,\"hasPassword\":true");
        assertThat(shell.failure("dinrail:person-add bob --role king"))
                .isEqualTo("'king' is none of viewer, operator, engineer, admin");
        assertThat(shell.failure("dinrail:person-add bob --key nonsense"))
                .isEqualTo("person bob was added without the key: that is no ssh key");
    }

    @Test
    void certificatesAreSignedAndCasTrusted() throws Exception {
        Path csr = Files.writeString(folder.resolve("press.csr"), "request");
        Path out = folder.resolve("press.pem");

        assertThat(shell.out("dinrail:certificate-issue press-1 --csr " + csr + " --life 30d"))
                .isEqualTo("-----BEGIN CERTIFICATE-----");
        shell.out("dinrail:certificate-issue press-1 --csr " + csr + " --out " + out);
        assertThat(out).hasContent("-----BEGIN CERTIFICATE-----\n");
        assertThat(shell.failure("dinrail:certificate-issue press-1")).contains("give --csr");
        shell.out("dinrail:ca-trust plant " + csr + " --name-from san-dns");
        shell.out("dinrail:ca-crl plant " + csr);
        assertThat(certificates.asked)
                .containsExactly(
                        "issue press-1 request 30",
                        "issue press-1 request 365",
                        "trust plant default SAN_DNS",
                        "revocations plant 7");
    }

    @Test
    void whatChangesSomethingIsRecordedWithWhoAndFromWhere() {
        shell.out("dinrail:device-add press-1 --fleet f");
        shell.run("dinrail:device-add press-1");
        shell.out("dinrail:device-list");

        assertThat(audit.entries)
                .extracting(entry -> entry.kind() + "|" + entry.actor() + "|" + entry.from() + "|" + entry.subject()
                        + "|" + entry.detail())
                .containsExactly(
                        "shell.device-add|tester|ssh 192.0.2.7|press-1|",
                        "shell.device-add|tester|ssh 192.0.2.7|press-1|refused: device 'press-1' is there already");
    }

    @Test
    void theAuditLogIsListedCheckedAndExported() throws Exception {
        shell.out("dinrail:device-add press-1");
        Path out = folder.resolve("audit.jsonl");

        assertThat(shell.out("dinrail:audit-list --kind shell. --json")).startsWith("[{\"number\":0,");
        assertThat(shell.out("dinrail:audit-list --kind login --json")).isEqualTo("[]");
        assertThat(shell.out("dinrail:audit-verify")).isEqualTo("the audit log is whole: 2 entries");
        audit.verdict = new Audit.Verdict(false, 2, 1, "its hash is another");
        assertThat(shell.failure("dinrail:audit-verify --json"))
                .isEqualTo("the audit log is not as it was written, from entry 1 on: its hash is another");
        shell.out("dinrail:audit-export " + out);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out)))
                .isEqualTo("rw-------");
        assertThat(shell.failure("dinrail:audit-export " + out)).contains("is there already");
    }

    @Test
    void masterKeyAndBackupAreIdentitys() {
        assertThat(shell.out("dinrail:master-key-rotate")).contains("/data/secrets/master.key");
        assertThat(shell.out("dinrail:backup-create /mnt/b.zip")).contains("wrote the backup /mnt/b.zip");
        assertThat(identity.asked).containsExactly("tester: [rotate master]", "tester: [back up, /mnt/b.zip]");
    }
}
