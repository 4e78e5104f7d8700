package io.dinrail.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.connector.api.ConnectorState;
import org.junit.jupiter.api.Test;

class ConnectorCommandsTest extends ShellTest {
    private static final String JSON = "{\"name\":\"filler\",\"type\":\"modbus\",\"state\":\"RUNNING\",\"reason\":null,"
            + "\"since\":\"2026-11-22T12:00:00.500Z\",\"tags\":2,\"good\":1,\"bad\":1,\"stale\":0,"
            + "\"counters\":{\"lost\":3,\"requests\":7},"
            + "\"problems\":[\"filler.csv, line 4, column address: 'x' is no address\"]}";

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
    void aConnectorThatIsNotConfiguredIsNamed() {
        assertThat(shell.failure("dinrail:connector-start press")).isEqualTo("connector 'press' is not configured");
        assertThat(shell.failure("dinrail:connector-show press"))
                .isEqualTo("connector 'press' is not configured: dinrail:connector-list shows those that are");
    }
}
