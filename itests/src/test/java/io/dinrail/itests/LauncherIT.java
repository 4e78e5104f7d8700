package io.dinrail.itests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LauncherIT {
    private static Launcher launcher;

    @BeforeAll
    static void unpack() {
        launcher = Launcher.unpack();
    }

    @Test
    void aCommandsOutputFailureAndStatusAreToldApart() {
        try (LaunchedPlatform platform = LaunchedPlatform.start(launcher, "asked")) {
            assertThat(platform.call("status").status()).isZero();
            assertThat(platform.call("run", "shell:echo hello")).isEqualTo(new Answer(0, "hello\n", ""));

            Answer failure = platform.call("run", "shell:echo first; bundle:nonsense");
            assertThat(failure).isEqualTo(new Answer(1, "first\n", "Command not found: bundle:nonsense\n"));
        }
    }

    @Test
    void whereNothingRunsTheStatusIsThree() {
        Launcher nobody = launcher.environment(
                "DINRAIL_DATA", launcher.home().resolve("nothing").toString());
        for (String command : new String[] {"status", "stop", "shell"}) {
            assertThat(nobody.call(command).status()).as(command).isEqualTo(3);
        }
        assertThat(nobody.call("run", "shell:echo hello").status()).isEqualTo(3);
    }

    @Test
    void twoInstancesRunFromOneFolder() {
        try (LaunchedPlatform one = LaunchedPlatform.start(launcher, "one");
                LaunchedPlatform two = LaunchedPlatform.start(launcher, "two")) {
            assertThat(one.process()).isNotEqualTo(two.process());
            one.stop();
            assertThat(one.call("status").status()).isEqualTo(3);
            assertThat(two.ask("shell:echo alive")).isEqualTo("alive\n");
        }
    }

    @Test
    void aKilledInstanceStartsAgain() throws IOException {
        try (LaunchedPlatform platform = LaunchedPlatform.start(launcher, "killed")) {
            byte[] key = Files.readAllBytes(platform.secrets().resolve("admin.key"));
            platform.kill();
            assertThat(platform.call("status").status()).isEqualTo(3);

            platform.again();

            assertThat(platform.ask("shell:echo back")).isEqualTo("back\n");
            assertThat(platform.secrets().resolve("admin.key")).hasBinaryContent(key);
        }
    }

    @Test
    void aBusyPortIsNamedWithItsVariable() throws IOException {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Answer answer = launcher.ports(Ports.free())
                    .environment("DINRAIL_MQTT_PORT", "" + busy.getLocalPort())
                    .call("start");

            assertThat(answer.status()).isEqualTo(2);
            assertThat(answer.err())
                    .contains("" + busy.getLocalPort(), "DINRAIL_MQTT_PORT")
                    .hasLineCount(1);
        }
    }

    @Test
    void anUnwritableFolderIsNamedWithItsVariable() throws IOException {
        // A file where the folder should be: refused to everybody, root included.
        Path file = Files.createTempFile(launcher.home(), "not-a-folder", "");

        Answer answer = launcher.ports(Ports.free())
                .environment("DINRAIL_DATA", file.toString())
                .call("start");

        assertThat(answer.status()).isEqualTo(2);
        assertThat(answer.err()).contains(file.toString(), "DINRAIL_DATA").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"11.0.2", "16", "24", "25.0.1"})
    void aJavaThatKarafDoesNotRunOnIsRefused(String version) throws IOException {
        Answer answer = launcher.ports(Ports.free())
                .environment("JAVA_HOME", fakeJava(version).toString())
                .call("start");

        assertThat(answer.status()).isEqualTo(2);
        assertThat(answer.err())
                .contains("Java " + version.split("\\.")[0], "JAVA_HOME")
                .hasLineCount(1);
    }

    @Test
    void withoutACommandTheCommandsAreListed() {
        assertThat(launcher.call().success()).contains("start", "server", "stop", "status", "demo", "shell", "run");
    }

    private Path fakeJava(String version) throws IOException {
        Path home = Files.createTempDirectory(launcher.home(), "java");
        Path java = Files.createDirectory(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"" + version + "\" 2024-01-16' >&2\n", UTF_8);
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return home;
    }
}
