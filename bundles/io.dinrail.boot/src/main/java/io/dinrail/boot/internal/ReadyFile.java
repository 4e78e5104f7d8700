package io.dinrail.boot.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;

/**
 * The file {@code ready} in the data folder: it is there exactly while the platform is ready, and tells {@code dinrail run} where
 * to knock.
 *
 * @param sshHost where the shell listens.
 * @param sshPort 0 when it does not.
 */
record ReadyFile(Path path, String sshHost, String sshPort) {
    void write(long pid, double seconds, Instant at) throws IOException {
        Path draft = path.resolveSibling("ready.new");
        String text = "pid=%d\nseconds=%s\nat=%s\nssh.host=%s\nssh.port=%s\n"
                .formatted(pid, StartUp.seconds(seconds), at, sshHost, sshPort);
        Files.writeString(draft, text, UTF_8);
        Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
    }

    void remove() throws IOException {
        Files.deleteIfExists(path);
    }
}
