package io.dinrail.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A stranger runs the demo, and an administrator removes it again. */
class DemoIT {
    @Test
    void theDemoTellsTheWholeStoryAndEndsCleanly() throws Exception {
        Launcher launcher = Launcher.unpack();
        Path out = launcher.home().resolve("demo.out");
        Path err = launcher.home().resolve("demo.err");
        Process demo = launcher.ports(Ports.free()).begin(out, err, "demo");
        try {
            await("the end of the story in " + out)
                    .atMost(Platform.PATIENCE.multipliedBy(2))
                    .until(() -> !demo.isAlive() || Files.readString(out).contains("Ctrl-C ends the demo."));
            assertThat(Files.readString(out))
                    .contains("ready")
                    .containsPattern("filler-1 \\(Modbus\\):.* temperature [0-9.]+ Cel good.* seq \\d+")
                    .containsPattern("labeller-1 \\(OPC UA\\):.* temperature [0-9.]+ Cel good.* seq \\d+")
                    .contains("critical alert 1 raised")
                    .contains("\"verdict\":\"applied\"")
                    .contains("Alert 1 cleared");
        } finally {
            new ProcessBuilder("kill", "-INT", Long.toString(demo.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (!demo.waitFor(60, TimeUnit.SECONDS)) {
                demo.destroyForcibly();
            }
        }
        assertThat(demo.exitValue()).isZero();
        assertThat(launcher.home().resolve("data-demo/dinrail.pid")).doesNotExist();
    }

    @Test
    void removingTheDemoLeavesNothingBehind() throws IOException {
        try (Platform platform = ExamPlatform.with("dinrail").start()) {
            Set<String> bundles = new TreeSet<>(platform.bundles().keySet());
            platform.ask("feature:install dinrail-demo");
            await("both machines").atMost(Platform.PATIENCE).until(() -> running(platform) == 2);
            await("both devices")
                    .atMost(Platform.PATIENCE)
                    .until(() -> platform.ask("dinrail:device-list --json").contains("labeller-1"));

            platform.ask("feature:uninstall dinrail-demo");

            await("no connector")
                    .atMost(Platform.PATIENCE)
                    .until(() ->
                            platform.ask("dinrail:connector-list --json").trim().equals("[]"));
            assertThat(platform.bundles().keySet()).isEqualTo(bundles);
            assertThat(platform.ask("dinrail:rule-list --json").trim()).isEqualTo("[]");
            assertThat(platform.ask("dinrail:device-list --json").trim()).isEqualTo("[]");
            assertThat(platform.ask("dinrail:alert-list --json")).doesNotContain("\"state\":\"raised\"");
            assertThat(platform.ask("dinrail:status --json")).doesNotContain("\"name\":\"demo\"");
            assertThat(platform.data().resolve("demo")).doesNotExist();
            assertThat(Sockets.listening(platform.process()).stream().map(Sockets::port))
                    .doesNotContain(
                            platform.ports().demoModbus(), platform.ports().demoOpcUa());
        }
    }

    private static long running(Platform platform) {
        return platform.ask("dinrail:connector-list --json").split("\"state\":\"RUNNING\"", -1).length - 1;
    }
}
