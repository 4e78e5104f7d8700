package io.dinrail.alert.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class StoreTroubleTest {
    @Test
    void aFullDiskIsSaidInTheDisksWords() {
        SQLException full = new SQLException(
                "General error: \"MVStoreException: Writing to async:/data failed; length 65536 at 638976 [2.5.252/2]\"",
                new IllegalStateException(
                        "Writing failed", new IOException(new IOException("No space left on device"))));
        assertThat(StoreTrouble.sentence(full))
                .isEqualTo("No space left on device: see to the disk of the data folder");
    }

    @Test
    void theStatementIsLeftOut() {
        assertThat(StoreTrouble.sentence(new SQLException("Timeout; SQL statement:\nINSERT")))
                .isEqualTo("Timeout");
    }
}
