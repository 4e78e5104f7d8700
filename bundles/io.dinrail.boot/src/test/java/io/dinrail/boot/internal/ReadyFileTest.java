package io.dinrail.boot.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReadyFileTest {
    @TempDir
    private Path folder;

    @Test
    void itTellsWhoIsReadyAndWhereToKnock() throws Exception {
        ReadyFile ready = new ReadyFile(folder.resolve("ready"), "127.0.0.1", "8101");
        ready.write(42, 4.25, Instant.parse("2026-11-22T12:00:00Z"));

        assertThat(ready.path())
                .hasContent("pid=42\nseconds=4.3\nat=2026-11-22T12:00:00Z\nssh.host=127.0.0.1\nssh.port=8101\n");
        ready.remove();
        assertThat(ready.path()).doesNotExist();
    }
}
