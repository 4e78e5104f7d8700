package io.dinrail.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.connector.api.ConnectorState;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectorCommandsTest extends ShellTest {
    private static final String JSON = "{\"name\":\"filler\",\"type\":\"modbus\",\"state\":\"RUNNING\",\"reason\":null,"
            + "\"since\":\"2026-11-22T12:00:00.500Z\",\"tags\":2,\"good\":1,\"bad\":1,\"stale\":0,"
            + "\"counters\":{\"lost\":3,\"requests\":7},"
            + "\"problems\":[\"filler.csv, line 4, column address: 'x' is no address\"],"
            + "\"lastError\":null,\"lastErrorAt\":null,\"lanes\":[],\"facts\":{}}";

    @Test
    void connectorsAreListedAndShown() {
        assertThat(shell.out("dinrail:connector-list --json")).isEqualTo("[" + JSON + "]");
        assertThat(shell.out("dinrail:connector-show filler --json")).isEqualTo(JSON);
        assertThat(shell.out("dinrail:connector-list")).contains("filler", "modbus", "RUNNING");
        assertThat(shell.out("dinrail:connector-show filler")).contains("line 4, column address");
    }

    @Test
    void aConnectorIsStoppedAndStarted() {
        assertThat(shell.out("dinrail:connector-stop filler")).isEqualTo("stopped connector filler");
        assertThat(southbound.state).isEqualTo(ConnectorState.STOPPED);
        assertThat(shell.out("dinrail:connector-start filler")).isEqualTo("started connector filler");
        assertThat(southbound.state).isEqualTo(ConnectorState.STARTING);
    }

    @Test
    void aDeviceIsBrowsed() {
        assertThat(shell.out("dinrail:connector-browse filler --json"))
                .isEqualTo(
                        "[{\"id\":\"ns=2;s=Line1\",\"name\":\"Line 1\",\"kind\":\"object\",\"type\":null,\"access\":null,"
                                + "\"hasChildren\":true}]");
        assertThat(shell.out("dinrail:connector-browse filler 'ns=2;s=Line1'")).contains("Temp", "float32", "r");
        assertThat(shell.out("dinrail:connector-browse filler 'ns=2;s=Line1' --match HUM --json"))
                .isEqualTo("[]");
        assertThat(shell.failure("dinrail:connector-browse filler nowhere")).isEqualTo("there is no node nowhere");
    }

    @Test
    void aCertificateInQuarantineIsShownAndAcceptedByItsFingerprint() {
        String print = "0123456789abcdef".repeat(4);
        assertThat(shell.out("dinrail:connector-trust filler")).contains(print, "quarantined", "CN=plc");
        assertThat(shell.failure("dinrail:connector-trust filler --accept abc")).isEqualTo("no certificate abc waits");
        assertThat(shell.out("dinrail:connector-trust filler --accept " + print))
                .isEqualTo("trusted " + print);
        assertThat(shell.out("dinrail:connector-trust filler --json")).contains("\"state\":\"trusted\"");
    }

    @Test
    void aFileOfTagsIsComparedFirstAndAppliedWhenTold(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("tags.csv");
        Files.writeString(file, "new");
        assertThat(shell.out("dinrail:tag-import filler " + file))
                .contains("+ filler-1/level", "~ filler-1/temperature  poll: 1s -> 2s", "- filler-1/setpoint")
                .endsWith("1 added, 1 changed, 1 removed, 4 unchanged: nothing is changed yet");
        assertThat(southbound.imported).isEmpty();
        assertThat(shell.out("dinrail:tag-import filler " + file + " --apply --json"))
                .isEqualTo(
                        "{\"applied\":true,\"added\":[\"filler-1/level\"],\"changed\":[{\"tag\":\"filler-1/temperature\","
                                + "\"columns\":[\"poll: 1s -> 2s\"]}],\"removed\":[\"filler-1/setpoint\"],\"unchanged\":4,"
                                + "\"refused\":[]}");
        assertThat(southbound.imported).containsExactly("new");
        Files.writeString(file, "bad");
        assertThat(shell.failure("dinrail:tag-import filler " + file + " --apply"))
                .contains("1 rows of", "so nothing was changed, the first: the file, line 2");
    }

    @Test
    void theTagsOfAConnectorArePrintedAsAFile() {
        assertThat(shell.out("dinrail:tag-export filler"))
                .isEqualTo("device,tag,address\nfiller-1,temperature,input:0");
    }

    @Test
    void aConnectorThatIsNotConfiguredIsNamed() {
        assertThat(shell.failure("dinrail:connector-start press")).isEqualTo("connector 'press' is not configured");
        assertThat(shell.failure("dinrail:connector-show press"))
                .isEqualTo("connector 'press' is not configured: dinrail:connector-list shows those that are");
    }
}
