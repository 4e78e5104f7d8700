package io.dinrail.identity.h2.internal.secrets;

import static io.dinrail.identity.api.IdentityException.Reason.STORE;
import static io.dinrail.identity.api.IdentityException.Reason.TAKEN;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import io.dinrail.identity.api.IdentityException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;

/** One zip of database and secrets, laid out as a data folder is, so that to unpack it is to restore it. */
final class DataBackup {
    private static final Set<String> PASSING = Set.of(".new", ".part");

    private final DataSource store;
    private final Path secrets;

    DataBackup(DataSource store, SecretsFolder secrets) {
        this.store = store;
        this.secrets = secrets.file("");
    }

    void write(Path wanted) throws IdentityException {
        Path file = wanted.toAbsolutePath().normalize();
        if (Files.exists(file) || file.startsWith(secrets) || file.getParent() == null) {
            throw new IdentityException(
                    TAKEN, "no backup was made because " + file + " exists or is in the secrets folder: name another");
        }
        try {
            write(file, file.resolveSibling(file.getFileName() + ".part"));
        } catch (IOException | SQLException e) {
            throw new IdentityException(
                    STORE,
                    "no backup was made because " + file + " could not be written: name a folder with space left ("
                            + e.getClass().getSimpleName() + ": " + Transaction.plain(e) + ")");
        }
    }

    private void write(Path file, Path part) throws IOException, SQLException {
        // The database's own backup is open to others by the umask; its folder never is.
        Path folder = Files.createTempDirectory(file.getParent(), ".dinrail-backup-");
        Path database = folder.resolve("store.zip");
        try {
            copyDatabase(database);
            Files.deleteIfExists(part);
            pack(database, part);
            Files.move(part, file);
        } finally {
            Files.deleteIfExists(part);
            Files.deleteIfExists(database);
            Files.deleteIfExists(folder);
        }
    }

    private void copyDatabase(Path to) throws SQLException {
        try (Connection connection = Transaction.connect(store);
                PreparedStatement backup = connection.prepareStatement("backup to ?")) {
            backup.setString(1, to.toString());
            backup.executeUpdate();
        }
    }

    private void pack(Path database, Path to) throws IOException {
        try (FileChannel channel = FileChannel.open(
                        to,
                        Set.of(CREATE_NEW, WRITE),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                OutputStream bytes = Channels.newOutputStream(channel);
                ZipOutputStream out = new ZipOutputStream(bytes)) {
            addDatabase(database, out);
            addSecrets(out);
            out.finish();
            channel.force(true);
        }
    }

    private static void addDatabase(Path database, ZipOutputStream out) throws IOException {
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(database))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                out.putNextEntry(
                        new ZipEntry("store/" + Path.of(entry.getName()).getFileName()));
                in.transferTo(out);
                out.closeEntry();
            }
        }
    }

    private void addSecrets(ZipOutputStream out) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(secrets)) {
            files = found.filter(Files::isRegularFile)
                    .filter(path -> PASSING.stream().noneMatch(path.toString()::endsWith))
                    .sorted()
                    .toList();
        }
        for (Path path : files) {
            out.putNextEntry(new ZipEntry(
                    "secrets/" + secrets.relativize(path).toString().replace('\\', '/')));
            Files.copy(path, out);
            out.closeEntry();
        }
    }
}
