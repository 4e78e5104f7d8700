package io.dinrail.connector.opcua.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/**
 * The folder of what must not be read or changed by others: own key, accepted certificates, passwords that are referred to.
 *
 * @param folder the platform's folder of secrets.
 */
record SecretFolder(Path folder) {
    private static final FileAttribute<Set<PosixFilePermission>> OWNERS_FOLDER = permissions("rwx------");
    private static final FileAttribute<Set<PosixFilePermission>> OWNERS_FILE = permissions("rw-------");

    /** @param bundle asked where the platform keeps its secrets; none outside of a framework. */
    static SecretFolder of(@Nullable Bundle bundle) {
        Path data = Path.of(property(bundle, "dinrail.data").orElse("data"));
        return new SecretFolder(
                property(bundle, "dinrail.secrets").map(Path::of).orElse(data.resolve("secrets")));
    }

    private static Optional<String> property(@Nullable Bundle bundle, String name) {
        return Optional.ofNullable(bundle).map(Bundle::getBundleContext).map(context -> context.getProperty(name));
    }

    /** @return a file as it is named in a configuration: absolute, or within this folder. */
    Path file(String name) {
        return folder.resolve(name);
    }

    /** Makes a folder below this one, for its owner only. */
    static void create(Path folder) throws IOException {
        Files.createDirectories(folder, OWNERS_FOLDER);
    }

    /** Writes a whole file or none of it, readable by its owner only from its first byte on. */
    static void write(Path file, byte[] content) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        Files.createFile(draft, OWNERS_FILE);
        Files.write(draft, content, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static FileAttribute<Set<PosixFilePermission>> permissions(String text) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
    }
}
