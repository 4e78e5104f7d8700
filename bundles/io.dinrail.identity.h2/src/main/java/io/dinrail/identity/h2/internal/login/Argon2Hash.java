package io.dinrail.identity.h2.internal.login;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** An Argon2id hash with its salt and cost, in the usual notation {@code $argon2id$v=19$m=…,t=…,p=1$salt$hash}. */
final class Argon2Hash {
    /**
     * What computing one takes.
     *
     * @param kib memory, in KiB.
     * @param passes how often it is gone over.
     */
    record Cost(int kib, int passes) {
        static final Cost USUAL = new Cost(19 * 1024, 2);
    }

    private static final Pattern NOTATION = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,6}),t=(\\d{1,2}),p=1\\$([A-Za-z0-9+/]{22})\\$([A-Za-z0-9+/]{43})");
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int MOST_KIB = 256 * 1024; // a damaged row is not to eat the heap
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Cost cost;
    private final byte[] salt;
    private final byte[] hash;

    private Argon2Hash(Cost cost, byte[] salt, byte[] hash) {
        this.cost = cost;
        this.salt = salt;
        this.hash = hash;
    }

    static Argon2Hash of(byte[] input, Cost cost) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return new Argon2Hash(cost, salt, compute(input, salt, cost));
    }

    static Optional<Argon2Hash> parse(byte[] encoded) {
        Matcher parts = NOTATION.matcher(new String(encoded, US_ASCII));
        if (!parts.matches()) {
            return Optional.empty();
        }
        Cost cost = new Cost(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
        if (cost.kib() < 8 || cost.kib() > MOST_KIB || cost.passes() < 1) {
            return Optional.empty();
        }
        return decode(parts.group(3))
                .flatMap(salt -> decode(parts.group(4)).map(hash -> new Argon2Hash(cost, salt, hash)));
    }

    boolean fits(byte[] input) {
        return MessageDigest.isEqual(hash, compute(input, salt, cost));
    }

    byte[] encoded() {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return ("$argon2id$v=19$m=" + cost.kib() + ",t=" + cost.passes() + ",p=1$" + base64.encodeToString(salt) + "$"
                        + base64.encodeToString(hash))
                .getBytes(US_ASCII);
    }

    private static byte[] compute(byte[] input, byte[] salt, Cost cost) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.kib())
                .withIterations(cost.passes())
                .withParallelism(1)
                .withSalt(salt)
                .build());
        byte[] hash = new byte[HASH_BYTES];
        generator.generateBytes(input, hash);
        return hash;
    }

    /** The last character may hold bits that stand for nothing. */
    private static Optional<byte[]> decode(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
