package io.dinrail.identity.h2.internal.secrets;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder of generated keys: nobody but the owner ever has access, not even for the moment in which a file is made. */
public final class SecretsFolder {
    private static final Logger LOG = LoggerFactory.getLogger(SecretsFolder.class);
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

    private final Path folder;

    private SecretsFolder(Path folder) {
        this.folder = folder;
    }

    /** Opens the folder that the platform's properties name, making it if need be. */
    public static SecretsFolder of(BundleContext context) throws SecretsException {
        String data = property(context, "dinrail.data").orElse("data");
        return open(property(context, "dinrail.secrets").map(Path::of).orElseGet(() -> Path.of(data, "secrets")));
    }

    public static SecretsFolder open(Path path) throws SecretsException {
        Path folder = path.toAbsolutePath().normalize();
        try {
            if (folder.getParent() != null) {
                Files.createDirectories(folder.getParent());
            }
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER));
            Files.setPosixFilePermissions(folder, FOLDER);
        } catch (IOException e) {
            throw new SecretsException(
                    "the secrets folder " + folder + " can't be used: make it writable or set DINRAIL_SECRETS", e);
        }
        return new SecretsFolder(folder);
    }

    public Path file(String name) {
        return folder.resolve(name);
    }

    public boolean holds(String name) {
        return Files.exists(file(name));
    }

    public String read(String name) throws SecretsException {
        try {
            close(file(name));
            return Files.readString(file(name), US_ASCII);
        } catch (IOException e) {
            throw new SecretsException(file(name) + " can't be read: put it back from a backup", e);
        }
    }

    /** Writes all or nothing: after a crash the file is the old one or the new one. */
    public void write(String name, String text) throws SecretsException {
        Path fresh = file(name + ".new");
        try {
            Files.deleteIfExists(fresh);
            try (FileChannel out =
                    FileChannel.open(fresh, Set.of(CREATE_NEW, WRITE), PosixFilePermissions.asFileAttribute(FILE))) {
                ByteBuffer bytes = US_ASCII.encode(text);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            Files.move(fresh, file(name), ATOMIC_MOVE);
            settle();
        } catch (IOException e) {
            throw new SecretsException(
                    file(name) + " can't be written: make the folder writable, with space left on its disk", e);
        }
    }

    /** Puts one file in the place of another, at once and for good. */
    void move(String from, String to) throws SecretsException {
        try {
            Files.move(file(from), file(to), ATOMIC_MOVE);
            settle();
        } catch (IOException e) {
            throw new SecretsException(file(from) + " can't be moved to " + file(to) + ": make the folder writable", e);
        }
    }

    void remove(String name) throws SecretsException {
        try {
            Files.deleteIfExists(file(name));
            settle();
        } catch (IOException e) {
            throw new SecretsException(file(name) + " can't be removed: make the folder writable", e);
        }
    }

    private void settle() throws IOException {
        try (FileChannel entry = FileChannel.open(folder, READ)) {
            entry.force(true);
        }
    }

    /** Copies and restores lose the mode; what was open to others is closed, and said. */
    private static void close(Path file) throws IOException {
        if (!FILE.containsAll(Files.getPosixFilePermissions(file))) {
            Files.setPosixFilePermissions(file, FILE);
            LOG.warn("{} was open to other users; its mode is 0600 now", file);
        }
    }

    private static Optional<String> property(BundleContext context, String name) {
        return Optional.ofNullable(context.getProperty(name)).filter(value -> !value.isBlank());
    }
}
