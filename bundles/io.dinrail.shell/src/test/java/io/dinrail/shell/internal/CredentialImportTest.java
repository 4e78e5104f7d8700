package io.dinrail.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialImportTest extends ShellTest {
    @TempDir
    Path folder;

    @Test
    void everyColumnCounts() throws Exception {
        Path file = file("name,rule_set,client_ids,display_name,expires,secret\n"
                + "press-1,,,\"Press, old\",2027-01-31,\n"
                + "scada,backend,\"scada,scada-*\",,,0123456789abcdef\n");

        assertThat(shell.out("dinrail:credential-import " + file).lines())
                .containsExactly("username,password,client_ids", "press-1,s3cret,press-1", "scada,,\"scada,scada-*\"");
        assertThat(credentials.list())
                .extracting(credential -> credential.ruleSet() + " " + credential.displayName())
                .containsExactly("device Press, old", "backend ");
    }

    @Test
    void passwordsGoIntoAFileOfItsOwnersAlone() throws Exception {
        Path file =
                file(IntStream.range(0, 10_000).mapToObj(i -> "d" + i).collect(Collectors.joining("\n", "name\n", "")));
        Path out = folder.resolve("out.csv");

        assertThat(shell.failure("dinrail:credential-import " + file))
                .isEqualTo("10000 credentials are too many to show: give --out FILE; nothing was issued");
        assertThat(credentials.list()).isEmpty();
        assertThat(shell.out("dinrail:credential-import " + file + " --out " + out))
                .startsWith("issued 10000 credentials; ")
                .doesNotContain("s3cret");

        assertThat(Files.readAllLines(out)).hasSize(10_001).contains("d9999,s3cret,d9999");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out)))
                .isEqualTo("rw-------");
        assertThat(shell.failure("dinrail:credential-import " + file("name\nx\n") + " --out " + out))
                .endsWith("is there already: name a file that isn't");
        assertThat(credentials.find("x")).isEmpty();
    }

    @Test
    void badRowsAreNamedByLineAndNothingIsIssued() throws Exception {
        shell.out("dinrail:credential-issue taken");
        Path file = file("name,expires\ngood,\na/b,\ngood,\ntaken,\n,\nlate,someday\n");
        Path out = folder.resolve("out.csv");

        assertThat(shell.failure("dinrail:credential-import " + file + " --out " + out))
                .startsWith("5 rows of " + file + " are refused and nothing was issued: ")
                .contains(
                        "line 3: device id 'a/b' is refused",
                        "line 4: 'good' stands in the file twice",
                        "line 5: credential 'taken' is there already",
                        "line 6: the name is missing",
                        "line 7: 'someday' is no period");
        assertThat(credentials.list()).hasSize(1);
        assertThat(out).doesNotExist();
    }

    @Test
    void anUnknownColumnIsNamed() throws Exception {
        assertThat(shell.failure("dinrail:credential-import " + file("name,password\nx,y\n")))
                .startsWith("column 'password' is unknown, the columns are name, rule_set, ");
    }

    @Test
    void aFileWithoutRowsIsRefused() throws Exception {
        assertThat(shell.failure("dinrail:credential-import " + file("name\n")))
                .endsWith(" has no rows behind its header: nothing was issued");
    }

    @Test
    void namesBelongToTheOrganisationThatIsGiven() throws Exception {
        shell.out("dinrail:credential-import --org four " + file("name\npress-1\npress-2@other\n"));

        assertThat(credentials.credentials).containsOnlyKeys("press-1@" + FakeIdentity.LINE, "press-2@other");
        assertThat(shell.failure("dinrail:credential-import --org nobody " + file("name\nx\n")))
                .startsWith("organisation 'nobody' is unknown");
    }

    private Path file(String text) throws Exception {
        return Files.writeString(Files.createTempFile(folder, "in", ".csv"), text);
    }
}
