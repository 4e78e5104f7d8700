package io.dinrail.identity.h2.internal.login;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.OpenSSHPublicKeyUtil;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/**
 * A public key in OpenSSH's notation.
 *
 * @param text type, key in Base64, and comment if there is one.
 * @param fingerprint {@code SHA256:…} as {@code ssh-keygen -l} prints it.
 */
record SshKey(String text, String fingerprint) {
    private static final int LONGEST = 4096;
    private static final int FEWEST_RSA_BITS = 2048;
    private static final int MOST_RSA_BITS = 16_384;
    private static final Set<String> TYPES =
            Set.of("ssh-ed25519", "ssh-rsa", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521");

    /**
     * Reads one line as in {@code id_ed25519.pub}.
     *
     * @throws IllegalArgumentException if it is refused; the message is fit for the person who gave it.
     */
    static SshKey parse(String line) {
        String text = line.strip();
        if (text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("one line of at most " + LONGEST + " characters, as in id_ed25519.pub");
        }
        String[] parts = text.split(" +", 3);
        if (parts.length < 2 || !TYPES.contains(parts[0])) {
            throw new IllegalArgumentException(
                    "ssh-ed25519, ecdsa-sha2-nistp256, -384, -521 or ssh-rsa comes first, then the key in Base64");
        }
        byte[] blob = decoded(parts[1]);
        if (!isOfType(blob, parts[0])) {
            throw new IllegalArgumentException("the key is not of the type " + parts[0] + " that stands before it");
        }
        check(blob);
        return new SshKey(String.join(" ", parts), fingerprint(blob));
    }

    /** @return the fingerprint of a key that somebody proved to hold; empty if it is of no type we take. */
    static Optional<String> fingerprint(PublicKey key) {
        byte[] encoded = key.getEncoded();
        if (encoded == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(fingerprint(OpenSSHPublicKeyUtil.encodePublicKey(PublicKeyFactory.createKey(encoded))));
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // what can't be read opens nothing
        }
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the key is not Base64: copy the line anew", e);
        }
    }

    private static boolean isOfType(byte[] blob, String type) {
        byte[] name = type.getBytes(US_ASCII);
        byte[] start = ByteBuffer.allocate(4 + name.length)
                .putInt(name.length)
                .put(name)
                .array();
        return blob.length > start.length && Arrays.equals(blob, 0, start.length, start, 0, start.length);
    }

    /** Written back it must be the same, so that one key has one fingerprint. */
    private static void check(byte[] blob) {
        try {
            AsymmetricKeyParameter key = OpenSSHPublicKeyUtil.parsePublicKey(blob);
            if (key instanceof RSAKeyParameters rsa) {
                checkSize(rsa.getModulus().bitLength());
            }
            if (Arrays.equals(blob, OpenSSHPublicKeyUtil.encodePublicKey(key))) {
                return;
            }
        } catch (TooShort e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("the key is damaged: copy the line anew", e);
        }
        throw new IllegalArgumentException("the key is damaged: copy the line anew");
    }

    private static void checkSize(int bits) {
        if (bits < FEWEST_RSA_BITS || bits > MOST_RSA_BITS) {
            throw new TooShort("an RSA key has " + FEWEST_RSA_BITS + " to " + MOST_RSA_BITS + " bits here, this one "
                    + bits + ": make an Ed25519 key");
        }
    }

    private static String fingerprint(byte[] blob) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(blob);
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static final class TooShort extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        TooShort(String message) {
            super(message);
        }
    }
}
