package io.dinrail.itests;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class BootIT {
    private static LaunchedPlatform platform;

    @BeforeAll
    static void start() {
        platform = LaunchedPlatform.start();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void theFirstStartRefreshesNoBundleOfTheFramework() {
        String log = platform.log();
        // Installed as boot features, scr and eventadmin would make Karaf stop these, which can hang for ever.
        assertThat(Deployments.touched(log)).isSubsetOf(Set.of("org.apache.felix.scr"));
        assertThat(log).doesNotContain(" ERROR ");
    }

    @Test
    void everyBundleRuns() {
        assertThat(platform.bundles().values()).isNotEmpty().allMatch(state -> state.matches("\\d+ (Active|Resolved)"));
    }

    @Test
    void exactlyTheDeclaredSocketsListen() {
        assertThat(Sockets.listening(platform.process()).stream()
                        .map(Sockets::port)
                        .collect(toSet()))
                .isEqualTo(platform.ports().ofThePlatform());
    }

    @Test
    void onlyTlsListensBeyondLoopback() {
        assertThat(Sockets.listening(platform.process()))
                .filteredOn(socket -> !socket.loopback())
                .extracting(Sockets::port)
                .containsExactly(platform.ports().mqtts());
    }

    @Test
    void secretsAreTheirOwnersAlone() throws IOException {
        assertThat(permissions(platform.secrets())).isEqualTo("rwx------");
        try (Stream<Path> files = Files.walk(platform.secrets())) {
            assertThat(files.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allMatch(file -> permissions(file).equals("rw-------"));
        }
    }

    @Test
    void nobodyGetsInWithoutAKey() {
        assertThat(platform.etc().resolve("users.properties")).doesNotExist();
        assertThat(platform.etc().resolve("keys.properties")).doesNotExist();
    }

    private static String permissions(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
