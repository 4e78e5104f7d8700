package io.dinrail.identity.h2.internal.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that do the work, one for each purpose. A master key may change, these never do. Safe for use by many threads.
 *
 * @param keys by purpose, those that could be opened.
 * @param hashing the same, ready for use.
 */
record DataKeys(Map<String, byte[]> keys, Map<String, Hmac> hashing) {
    static final String HASH = "hash";
    static final String SEAL = "seal";
    static final String AUDIT = "audit";
    /** The master key of version 1, which hashed secrets itself. Where there was none, a key of its own that no stored hash fits. */
    static final String LEGACY = "legacy";

    private static final Logger LOG = LoggerFactory.getLogger(DataKeys.class);
    private static final int BYTES = 32;
    private static final byte[] NUL = new byte[1];

    static DataKeys of(Map<String, byte[]> keys) {
        Map<String, Hmac> hashing = new HashMap<>();
        keys.forEach((purpose, key) -> hashing.put(purpose, new Hmac(key)));
        return new DataKeys(Map.copyOf(keys), Map.copyOf(hashing));
    }

    /** Opens what can be opened, and says of the rest what becomes of it. */
    static DataKeys unwrap(MasterKey master, Map<String, byte[]> wrapped) {
        Sealing wrapping = master.wrapping();
        Map<String, byte[]> keys = new TreeMap<>();
        wrapped.forEach((purpose, form) -> {
            try {
                keys.put(purpose, wrapping.open(purpose, form));
            } catch (GeneralSecurityException e) {
                LOG.error(
                        "the data key {} in the store is damaged and what depends on it is refused: stop the platform and put back a backup",
                        purpose);
            }
        });
        return of(keys);
    }

    /** Makes the keys that are in neither form there. */
    DataKeys completed(Map<String, byte[]> wrapped) {
        SecureRandom random = new SecureRandom();
        Map<String, byte[]> all = new HashMap<>(keys);
        for (String purpose : List.of(HASH, SEAL, AUDIT, LEGACY)) {
            if (!wrapped.containsKey(purpose)) {
                byte[] key = new byte[BYTES];
                random.nextBytes(key);
                all.put(purpose, key);
            }
        }
        return of(all);
    }

    DataKeys with(String purpose, byte[] key) {
        Map<String, byte[]> all = new HashMap<>(keys);
        all.put(purpose, key);
        return of(all);
    }

    Map<String, byte[]> wrap(MasterKey master) {
        Sealing wrapping = master.wrapping();
        Map<String, byte[]> wrapped = new TreeMap<>();
        keys.forEach((purpose, key) -> wrapped.put(purpose, wrapping.seal(purpose, key)));
        return wrapped;
    }

    byte[] digest(String purpose, String context, byte[] secret) throws SecretsException {
        byte[] contextBytes = context.getBytes(UTF_8);
        if (purpose.equals(LEGACY)) {
            return hashing(LEGACY).of(contextBytes, NUL, secret);
        }
        Hmac key = hashing(purpose.equals(AUDIT) ? AUDIT : HASH);
        byte[] purposeBytes = purpose.getBytes(UTF_8);
        return key.of(length(purposeBytes), purposeBytes, length(contextBytes), contextBytes, secret);
    }

    Sealing sealing() throws SecretsException {
        byte[] key = keys.get(SEAL);
        if (key == null) {
            throw damaged(SEAL);
        }
        return new Sealing(key);
    }

    private Hmac hashing(String purpose) throws SecretsException {
        Hmac key = hashing.get(purpose);
        if (key == null) {
            throw damaged(purpose);
        }
        return key;
    }

    private static byte[] length(byte[] text) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(text.length).array();
    }

    private static SecretsException damaged(String purpose) {
        return new SecretsException(
                "the data key " + purpose + " is missing or damaged: stop the platform and put back a backup");
    }

    @Override
    public String toString() {
        return "DataKeys" + keys.keySet();
    }
}
