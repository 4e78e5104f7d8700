package io.dinrail.boot.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.osgi.framework.BundleContext;

/** The folder of generated keys: 0700, every file in it 0600 from its first byte on. */
record Secrets(Path folder) {
    static Secrets of(BundleContext context) {
        Path data =
                Path.of(Optional.ofNullable(context.getProperty("dinrail.data")).orElse("data"));
        return new Secrets(Optional.ofNullable(context.getProperty("dinrail.secrets"))
                .map(Path::of)
                .orElse(data.resolve("secrets")));
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    void create() throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }

    /** Writes a whole file or none of it: a process that dies in between leaves no half key behind. */
    void write(String name, byte[] content) throws IOException {
        Path draft = folder.resolve(name + ".new");
        Files.deleteIfExists(draft);
        Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(draft, content, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
        Files.move(draft, file(name), StandardCopyOption.ATOMIC_MOVE);
    }
}
