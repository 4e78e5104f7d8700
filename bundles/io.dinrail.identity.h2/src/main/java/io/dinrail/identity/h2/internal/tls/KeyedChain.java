package io.dinrail.identity.h2.internal.tls;

import io.dinrail.identity.h2.internal.secrets.SecretsException;
import io.dinrail.identity.h2.internal.secrets.SecretsFolder;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.List;

/**
 * A private key with its certificate chain, as two PEM files.
 *
 * @param chain the key's own certificate first, at least one.
 */
record KeyedChain(PrivateKey key, List<X509Certificate> chain) {
    KeyedChain {
        chain = List.copyOf(chain);
    }

    X509Certificate certificate() {
        return chain.get(0);
    }

    /** The certificate goes last: a pair without it was never finished and never used. */
    void write(SecretsFolder folder, String name) throws SecretsException, GeneralSecurityException {
        folder.write(name + ".key", Pem.text(key));
        folder.write(name + ".pem", Pem.text(chain));
    }

    static KeyedChain read(SecretsFolder folder, String name) throws SecretsException {
        String keyText = folder.read(name + ".key");
        String chainText = folder.read(name + ".pem");
        try {
            return parse(keyText, chainText);
        } catch (GeneralSecurityException e) {
            throw new SecretsException(folder.file(name + ".key") + " and " + folder.file(name + ".pem")
                    + " are damaged or don't belong together: put both back from a backup");
        }
    }

    /** @throws GeneralSecurityException if one is damaged or they don't belong together; the message holds nothing of the key. */
    static KeyedChain parse(String key, String chain) throws GeneralSecurityException {
        KeyedChain parsed = new KeyedChain(Pem.key(key), Pem.certificates(chain));
        parsed.checkThatKeyFits();
        return parsed;
    }

    private void checkThatKeyFits() throws GeneralSecurityException {
        String algorithm = key instanceof RSAKey ? "SHA256withRSA" : "SHA256withECDSA";
        byte[] probe = {1};
        try {
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(probe);
            Signature checking = Signature.getInstance(algorithm);
            checking.initVerify(
                    certificate().getPublicKey()); // given the certificate, it would insist on a signing one
            checking.update(probe);
            if (checking.verify(signing.sign())) {
                return;
            }
        } catch (GeneralSecurityException e) {
            // another kind of key, which doesn't fit either
        }
        throw new GeneralSecurityException("key and certificate don't belong together");
    }
}
