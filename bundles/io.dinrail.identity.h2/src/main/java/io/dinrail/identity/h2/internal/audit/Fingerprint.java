package io.dinrail.identity.h2.internal.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/** Stands for texts of strangers in tables: of one size whatever their length, and nobody finds two that have the same. */
record Fingerprint(long high, long low) {
    private static final int LONGEST = 1_024;
    private static final byte[] SALT = salt();

    static Fingerprint of(String first, String second) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(SALT);
            digest.update(cut(first).getBytes(UTF_8));
            digest.update((byte) 0xFF); // never part of UTF-8
            digest.update(cut(second).getBytes(UTF_8));
            ByteBuffer bytes = ByteBuffer.wrap(digest.digest());
            return new Fingerprint(bytes.getLong(), bytes.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    private static byte[] salt() {
        byte[] salt = new byte[16];
        new SecureRandom().nextBytes(salt);
        return salt;
    }
}
