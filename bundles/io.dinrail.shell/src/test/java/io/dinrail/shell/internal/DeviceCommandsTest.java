package io.dinrail.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceCommandsTest extends ShellTest {
    @Test
    void anAddedDeviceIsListedAndShown() {
        assertThat(shell.out("dinrail:device-add press-1 --fleet hall-2 --type 'Model X' --gateway gw --site north"))
                .isEqualTo("added device press-1");

        String json =
                "{\"id\":\"press-1\",\"fleet\":\"hall-2\",\"gateway\":\"gw\",\"type\":\"Model X\",\"site\":\"north\","
                        + "\"addedAt\":\"2026-11-22T10:00:00.123Z\",\"online\":false}";
        assertThat(shell.out("dinrail:device-list --json")).isEqualTo("[" + json + "]");
        assertThat(shell.out("dinrail:device-show --json press-1")).isEqualTo(json);
        assertThat(shell.out("dinrail:device-list")).contains("fleet", "press-1", "Model X", "2026-11-22T10:00:00Z");
        assertThat(shell.out("dinrail:device-show press-1")).contains("hall-2");
    }

    @Test
    void whatADeviceLacksIsNull() {
        shell.out("dinrail:device-add press-1");

        assertThat(shell.out("dinrail:device-show press-1 --json"))
                .contains("\"fleet\":null,\"gateway\":null,\"type\":null,\"site\":null");
    }

    @Test
    void onlyWhatIsGivenChangesAndAnEmptyTextClears() {
        shell.out("dinrail:device-add press-1 --fleet hall-2 --gateway gw --type X");

        assertThat(shell.out("dinrail:device-change press-1 --fleet hall-3 --gateway '' --site north"))
                .isEqualTo("changed device press-1");

        assertThat(shell.out("dinrail:device-show press-1 --json"))
                .contains("\"fleet\":\"hall-3\",\"gateway\":null,\"type\":\"X\",\"site\":\"north\"");
        assertThat(shell.failure("dinrail:device-change nobody --fleet x")).startsWith("device 'nobody' is unknown: ");
    }

    @Test
    void noDeviceIsAnEmptyArrayAndAPlainWord() {
        assertThat(shell.out("dinrail:device-list --json")).isEqualTo("[]");
        assertThat(shell.out("dinrail:device-list")).endsWith("none");
    }

    @Test
    void aDeviceIsRemovedOnce() {
        shell.out("dinrail:device-add press-1");

        assertThat(shell.out("dinrail:device-remove press-1")).isEqualTo("removed device press-1");
        assertThat(shell.failure("dinrail:device-remove press-1")).isEqualTo("device 'press-1' is unknown");
        assertThat(shell.failure("dinrail:device-show press-1"))
                .isEqualTo("device 'press-1' is unknown: dinrail:device-list shows the known ones");
    }

    @Test
    void anIdThatIsNoneIsRefusedWithTheRule() {
        assertThat(shell.failure("dinrail:device-add a/b")).startsWith("device id 'a/b' is refused: 1 to 128");
    }

    @Test
    void goodRowsOfAFileAreImportedAndBadOnesNamedByLine(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("devices.csv"), "fleet,id,site\nhall,a-1,\n,b/2,x\n\"ha,ll\",c-3,x\nhall,a-1,\n,,\n");

        TestShell.Answer answer = shell.run("dinrail:device-import " + file);

        assertThat(answer.out().lines())
                .containsExactly(
                        "line 3: device id 'b/2' is refused: 1 to 128 of the characters A-Z a-z 0-9 . _ ~ -, the first a letter or digit",
                        "line 5: device 'a-1' is there already",
                        "line 6: the id is missing",
                        "imported 2 devices");
        assertThat(answer.failure()).startsWith("3 of 5 rows of " + file + " were refused, the first on line 3: ");
        assertThat(devices.list()).extracting(d -> d.id().value()).containsExactly("a-1", "c-3");
        assertThat(devices.list().get(1).site()).contains("x");
    }

    @Test
    void anImportIsOneJsonObject(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("devices.csv"), "id\na-1\na-1\n");

        assertThat(shell.run("dinrail:device-import --json " + file).out().strip())
                .isEqualTo("{\"imported\":1,\"refused\":[{\"line\":3,\"reason\":\"device 'a-1' is there already\"}]}");
    }

    @Test
    void anUnknownColumnIsRefusedByName(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("devices.csv"), "id,flete\na-1,x\n");

        assertThat(shell.failure("dinrail:device-import " + file)).contains("column 'flete' is unknown");
        assertThat(devices.list()).isEmpty();
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThat(shell.failure("dinrail:device-import /nowhere/devices.csv"))
                .isEqualTo("can't read /nowhere/devices.csv on the server: give the absolute path of a file there");
    }
}
