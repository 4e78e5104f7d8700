package io.dinrail.shell.internal;

import io.dinrail.json.api.JsonObject;
import io.dinrail.model.api.TagValue;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Room where the platform writes.
 *
 * @param path the data folder.
 * @param usable bytes; empty if it can't be told.
 * @param total bytes; empty if it can't be told.
 */
record Disk(Path path, Optional<Long> usable, Optional<Long> total) {
    static Disk of(Path folder) {
        Path path = folder.toAbsolutePath().normalize();
        try {
            FileStore store = Files.getFileStore(path);
            return new Disk(path, Optional.of(store.getUsableSpace()), Optional.of(store.getTotalSpace()));
        } catch (IOException e) {
            return new Disk(path, Optional.empty(), Optional.empty());
        }
    }

    TagValue json() {
        return new JsonObject()
                .put("path", path.toString())
                .putOrNull("usableBytes", usable.map(TagValue::of))
                .putOrNull("totalBytes", total.map(TagValue::of))
                .toValue();
    }

    @Override
    public String toString() {
        return usable.map(Disk::gigabytes).orElse("?") + " of "
                + total.map(Disk::gigabytes).orElse("?") + " free at " + path;
    }

    private static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }
}
