package io.dinrail.identity.h2.internal.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM under one key: a byte of version, a fresh nonce, the text with its tag. Safe for use by many threads. */
final class Sealing {
    private static final byte VERSION = 1;
    private static final int NONCE = 12;
    private static final int TAG = 16;
    private static final int TEXT = 1 + NONCE;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec key;

    Sealing(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    byte[] seal(String context, byte[] clear) {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        try {
            byte[] text = crypt(Cipher.ENCRYPT_MODE, context, nonce, clear);
            return ByteBuffer.allocate(TEXT + text.length)
                    .put(VERSION)
                    .put(nonce)
                    .put(text)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-256-GCM", e);
        }
    }

    /** @throws GeneralSecurityException if the form was changed, or belongs to another key or context. */
    byte[] open(String context, byte[] form) throws GeneralSecurityException {
        if (form.length < TEXT + TAG || form[0] != VERSION) {
            throw new AEADBadTagException("no sealed form");
        }
        byte[] nonce = Arrays.copyOfRange(form, 1, TEXT);
        return crypt(Cipher.DECRYPT_MODE, context, nonce, Arrays.copyOfRange(form, TEXT, form.length));
    }

    private byte[] crypt(int mode, String context, byte[] nonce, byte[] text) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG * 8, nonce));
        cipher.updateAAD(context.getBytes(UTF_8));
        return cipher.doFinal(text);
    }
}
