package io.dinrail.boot.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyFilesTest {
    @TempDir
    private Path folder;

    private Secrets secrets;
    private KeyFiles keys;

    @BeforeEach
    void complete() throws Exception {
        secrets = new Secrets(folder.resolve("secrets"));
        keys = new KeyFiles(secrets);
        keys.complete();
    }

    @Test
    void theGeneratedAdministratorIsLetIn() throws Exception {
        KeyPair admin = KeyFiles.pair(secrets.file(KeyFiles.ADMIN));

        assertThat(KeyFiles.contains(secrets.file(KeyFiles.AUTHORIZED), admin.getPublic()))
                .isTrue();
    }

    @Test
    void aForeignKeyIsNotLetIn() throws Exception {
        assertThat(KeyFiles.contains(secrets.file(KeyFiles.AUTHORIZED), foreign()))
                .isFalse();
    }

    @Test
    void aKeyThatTheOwnerAddsIsLetIn() throws Exception {
        PublicKey foreign = foreign();
        Files.writeString(
                secrets.file(KeyFiles.AUTHORIZED), "# mine\n" + PublicKeyEntry.toString(foreign) + " me@home\n", UTF_8);

        assertThat(KeyFiles.contains(secrets.file(KeyFiles.AUTHORIZED), foreign))
                .isTrue();
    }

    @Test
    void aListThatTheOwnerEmptiedStaysEmpty() throws Exception {
        Files.writeString(secrets.file(KeyFiles.AUTHORIZED), "", UTF_8);
        keys.complete();

        assertThat(secrets.file(KeyFiles.AUTHORIZED)).isEmptyFile();
    }

    @Test
    void keysAreMadeOnce() throws Exception {
        byte[] host = Files.readAllBytes(secrets.file(KeyFiles.HOST));
        keys.complete();

        assertThat(secrets.file(KeyFiles.HOST)).hasBinaryContent(host);
    }

    @Test
    void everyFileIsItsOwnersAlone() throws IOException {
        assertThat(permissions(secrets.folder())).isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(secrets.folder())) {
            assertThat(files).hasSize(5).allMatch(file -> permissions(file).equals("rw-------"));
        }
    }

    private static PublicKey foreign() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair().getPublic();
    }

    private static String permissions(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
