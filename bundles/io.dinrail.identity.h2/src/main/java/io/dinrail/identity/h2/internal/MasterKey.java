package io.dinrail.identity.h2.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The key under which secrets are hashed; without it a copy of the database opens nothing. Safe for use by many threads. */
final class MasterKey {
    static final String FILE = "master.key";
    private static final int BYTES = 32;
    private static final String HMAC = "HmacSHA256";

    private final SecretKeySpec key;

    private MasterKey(byte[] bytes) {
        key = new SecretKeySpec(bytes, HMAC);
    }

    /**
     * Loads the key, or makes it while nothing depends on one. A new key would void every credential, so where credentials are in force a missing
     * or foreign key is an error for the operator to decide about.
     */
    static MasterKey open(SecretsFolder folder, CredentialTable table) throws SecretsException, SQLException {
        boolean inUse = table.anyInForce();
        if (!folder.holds(FILE)) {
            if (inUse) {
                throw refused(folder, "is missing");
            }
            make(folder);
        }
        MasterKey key = load(folder);
        Optional<byte[]> expected = table.fingerprint();
        if (expected.isEmpty() || !MessageDigest.isEqual(expected.get(), key.fingerprint())) {
            if (inUse) {
                throw refused(folder, "belongs to another database");
            }
            table.saveFingerprint(key.fingerprint());
        }
        return key;
    }

    /** Hashes a secret; names hold no NUL, so that no two pairs are hashed alike. */
    byte[] digest(String name, byte[] secret) {
        Mac mac = mac();
        mac.update(name.getBytes(UTF_8));
        mac.update((byte) 0);
        return mac.doFinal(secret);
    }

    /** @return what tells this key from another without giving it away. */
    private byte[] fingerprint() {
        return mac().doFinal("dinrail master key".getBytes(UTF_8));
    }

    private Mac mac() {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }

    private static void make(SecretsFolder folder) throws SecretsException {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        folder.write(FILE, Base64.getEncoder().encodeToString(bytes) + "\n");
    }

    private static MasterKey load(SecretsFolder folder) throws SecretsException {
        try {
            byte[] bytes = Base64.getDecoder().decode(folder.read(FILE).strip());
            if (bytes.length == BYTES) {
                return new MasterKey(bytes);
            }
        } catch (IllegalArgumentException e) {
            // Not Base64: the same sentence as for a wrong length, and never the content.
        }
        throw refused(folder, "is damaged");
    }

    private static SecretsException refused(SecretsFolder folder, String state) {
        return new SecretsException(
                "every login is refused because " + folder.file(FILE) + " " + state
                        + ": put it back from a backup and restart, or revoke all credentials, remove it, restart and issue new ones");
    }
}
