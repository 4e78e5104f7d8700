package io.dinrail.identity.h2.internal.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.dinrail.identity.h2.internal.secrets.SecretsException;
import io.dinrail.identity.h2.internal.secrets.SecretsFolder;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/**
 * A private key with its certificate chain, as two PEM files.
 *
 * @param chain the key's own certificate first, at least one.
 */
record KeyedChain(PrivateKey key, List<X509Certificate> chain) {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String KEY = "PRIVATE KEY-----\n";
    private static final String CERTIFICATE = "CERTIFICATE-----\n";

    KeyedChain {
        chain = List.copyOf(chain);
    }

    X509Certificate certificate() {
        return chain.get(0);
    }

    /** The certificate goes last: a pair without it was never finished and never used. */
    void write(SecretsFolder folder, String name) throws SecretsException, GeneralSecurityException {
        folder.write(name + ".key", pem(KEY, key.getEncoded()));
        StringBuilder certificates = new StringBuilder();
        for (X509Certificate certificate : chain) {
            certificates.append(pem(CERTIFICATE, certificate.getEncoded()));
        }
        folder.write(name + ".pem", certificates.toString());
    }

    static KeyedChain read(SecretsFolder folder, String name) throws SecretsException {
        String keyText = folder.read(name + ".key");
        String chainText = folder.read(name + ".pem");
        try {
            KeyedChain read = new KeyedChain(parseKey(keyText), parseChain(chainText));
            read.checkThatKeyFits();
            return read;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // Without the cause: a parser's message may quote the key.
            throw new SecretsException(folder.file(name + ".key") + " and " + folder.file(name + ".pem")
                    + " are damaged or don't belong together: put both back from a backup");
        }
    }

    private void checkThatKeyFits() throws GeneralSecurityException {
        byte[] probe = {1};
        Signature signing = Signature.getInstance("SHA256withECDSA");
        signing.initSign(key);
        signing.update(probe);
        Signature checking = Signature.getInstance("SHA256withECDSA");
        checking.initVerify(certificate().getPublicKey()); // given the certificate, it would insist on a signing one
        checking.update(probe);
        if (!checking.verify(signing.sign())) {
            throw new GeneralSecurityException("the key is another one's");
        }
    }

    private static PrivateKey parseKey(String text) throws GeneralSecurityException {
        String body = text.strip().replace(BEGIN + KEY, "").replace(END + KEY.strip(), "");
        return KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(body)));
    }

    private static List<X509Certificate> parseChain(String text) throws GeneralSecurityException {
        List<X509Certificate> chain =
                CertificateFactory.getInstance("X.509")
                        .generateCertificates(new ByteArrayInputStream(text.getBytes(US_ASCII)))
                        .stream()
                        .map(X509Certificate.class::cast)
                        .toList();
        if (chain.isEmpty()) {
            throw new GeneralSecurityException("no certificate");
        }
        return chain;
    }

    private static String pem(String kind, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return BEGIN + kind + body + "\n" + END + kind;
    }
}
