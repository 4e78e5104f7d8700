package io.dinrail.identity.h2.internal.secrets;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/** The key that wraps the data keys; never shown. */
final class MasterKey {
    private static final int BYTES = 32;

    private final byte[] bytes;
    private final Hmac hmac;

    private MasterKey(byte[] bytes) {
        this.bytes = bytes;
        this.hmac = new Hmac(bytes);
    }

    static MasterKey random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new MasterKey(bytes);
    }

    /** Reads Base64 of 32 bytes. */
    static Optional<MasterKey> parse(String text) {
        try {
            return Optional.of(Base64.getDecoder().decode(text.strip()))
                    .filter(bytes -> bytes.length == BYTES)
                    .map(MasterKey::new);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    String text() {
        return Base64.getEncoder().encodeToString(bytes) + "\n";
    }

    /** @return what tells this key from another without giving it away; as in version 1, whose databases hold it. */
    byte[] fingerprint() {
        return hmac.of("dinrail master key".getBytes(US_ASCII));
    }

    boolean fits(byte[] fingerprint) {
        return MessageDigest.isEqual(fingerprint, fingerprint());
    }

    /** @return what the data keys are wrapped with. */
    Sealing wrapping() {
        return new Sealing(hmac.of("dinrail data keys".getBytes(US_ASCII)));
    }

    /** @return the key itself, which version 1 hashed secrets with. */
    byte[] legacy() {
        return bytes.clone();
    }
}
