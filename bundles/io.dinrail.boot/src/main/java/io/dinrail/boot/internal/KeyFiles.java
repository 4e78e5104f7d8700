package io.dinrail.boot.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Collection;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.util.security.SecurityUtils;

/** Reads and makes keys in the files that every ssh program understands. */
final class KeyFiles {
    static final String ADMIN = "admin.key";
    static final String HOST = "ssh_host.key";
    static final String AUTHORIZED = "authorized_keys";

    private final Secrets secrets;

    KeyFiles(Secrets secrets) {
        this.secrets = secrets;
    }

    /** Makes what is missing: the host's key, the administrator's key and the list that lets it in. */
    void complete() throws IOException, GeneralSecurityException {
        secrets.create();
        for (String name : new String[] {HOST, ADMIN}) {
            if (!Files.exists(secrets.file(name))) {
                generate(name);
            }
        }
        // Only when there is none: an owner who took the generated key off the list means it.
        if (!Files.exists(secrets.file(AUTHORIZED))) {
            secrets.write(AUTHORIZED, Files.readAllBytes(secrets.file(ADMIN + ".pub")));
        }
    }

    private void generate(String name) throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair pair = generator.generateKeyPair();
        ByteArrayOutputStream pem = new ByteArrayOutputStream();
        OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, "dinrail " + name, null, pem);
        // The public half first: with the private one the pair counts as made.
        secrets.write(name + ".pub", (PublicKeyEntry.toString(pair.getPublic()) + " dinrail\n").getBytes(UTF_8));
        secrets.write(name, pem.toByteArray());
    }

    KeyPair host() throws IOException, GeneralSecurityException {
        return pair(secrets.file(HOST));
    }

    static KeyPair pair(Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            return SecurityUtils.loadKeyPairIdentities(
                            null, NamedResource.ofName(file.toString()), in, FilePasswordProvider.EMPTY)
                    .iterator()
                    .next();
        }
    }

    /** @return whether a text in OpenSSH's notation is that key. */
    static boolean isKey(String text, PublicKey key) {
        try {
            return KeyUtils.compareKeys(
                    PublicKeyEntry.parsePublicKeyEntry(text)
                            .resolvePublicKey(null, null, PublicKeyEntryResolver.IGNORING),
                    key);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            return false;
        }
    }

    static boolean contains(Path list, PublicKey key) throws IOException, GeneralSecurityException {
        Collection<AuthorizedKeyEntry> entries = AuthorizedKeyEntry.readAuthorizedKeys(list);
        for (AuthorizedKeyEntry entry : entries) {
            if (KeyUtils.compareKeys(entry.resolvePublicKey(null, PublicKeyEntryResolver.IGNORING), key)) {
                return true;
            }
        }
        return false;
    }
}
