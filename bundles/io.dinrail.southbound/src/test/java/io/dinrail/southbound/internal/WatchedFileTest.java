package io.dinrail.southbound.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedFileTest {
    @TempDir
    Path folder;

    @Test
    void aSavedFileIsNoticedOnceItIsStable() throws Exception {
        Path path = folder.resolve("x.csv");
        WatchedFile file = new WatchedFile(path);
        file.reading();
        assertThat(file.changed()).isFalse();
        Files.writeString(path, "a");
        assertThat(file.changed()).as("just written").isFalse();
        Files.writeString(path, "ab");
        assertThat(file.changed()).as("still being written").isFalse();
        assertThat(file.changed()).isTrue();
        assertThat(file.changed()).as("until it is read").isTrue();
        file.reading();
        assertThat(file.changed()).isFalse();
        Files.delete(path);
        file.changed();
        assertThat(file.changed()).isTrue();
    }
}
