package io.dinrail.identity.h2.internal.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A vault with a key of its own, for the tests of whoever needs one; can be locked. */
public final class TestVault implements Vault {
    private final byte[] key = new byte[32];
    private volatile boolean locked;

    public TestVault() {
        new SecureRandom().nextBytes(key);
    }

    public void lock(boolean locked) {
        this.locked = locked;
    }

    @Override
    public byte[] digest(String purpose, String context, byte[] secret) throws SecretsException {
        check();
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update((purpose + '\0' + context + '\0').getBytes(UTF_8));
            return mac.doFinal(secret);
        } catch (GeneralSecurityException e) {
            throw new SecretsException("no digest", e);
        }
    }

    @Override
    public byte[] seal(String context, byte[] clear) throws SecretsException {
        check();
        byte[] nonce = new byte[12];
        new SecureRandom().nextBytes(nonce);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, context, nonce, clear);
        byte[] both = Arrays.copyOf(nonce, nonce.length + sealed.length);
        System.arraycopy(sealed, 0, both, nonce.length, sealed.length);
        return both;
    }

    @Override
    public byte[] open(String context, byte[] sealed) throws SecretsException {
        check();
        if (sealed.length < 12) {
            throw new SecretsException("not to be opened");
        }
        return crypt(
                Cipher.DECRYPT_MODE, context, Arrays.copyOf(sealed, 12), Arrays.copyOfRange(sealed, 12, sealed.length));
    }

    private byte[] crypt(int mode, String context, byte[] nonce, byte[] text) throws SecretsException {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
            cipher.updateAAD(context.getBytes(UTF_8));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new SecretsException("not to be opened", e);
        }
    }

    private void check() throws SecretsException {
        if (locked) {
            throw new SecretsException("there is no master key");
        }
    }
}
