package io.dinrail.identity.h2.internal.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;

/** Keys and certificates as text. */
final class Pem {
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private Pem() {}

    static String text(PrivateKey key) {
        return text("PRIVATE KEY", key.getEncoded());
    }

    static String text(List<X509Certificate> certificates) throws CertificateEncodingException {
        StringBuilder all = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            all.append(text("CERTIFICATE", certificate.getEncoded()));
        }
        return all.toString();
    }

    /** @throws GeneralSecurityException if there is none, or one of them is damaged. */
    static List<X509Certificate> certificates(String text) throws GeneralSecurityException {
        List<X509Certificate> all =
                CertificateFactory.getInstance("X.509")
                        .generateCertificates(new ByteArrayInputStream(text.getBytes(UTF_8)))
                        .stream()
                        .map(X509Certificate.class::cast)
                        .toList();
        if (all.isEmpty()) {
            throw new GeneralSecurityException("there is no certificate in it");
        }
        return all;
    }

    /**
     * Reads a key in the form of PKCS #8, or in those that older tools write.
     *
     * @throws GeneralSecurityException without a cause, because a parser's message may quote the key.
     */
    static PrivateKey key(String text) throws GeneralSecurityException {
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            for (Object found = parser.readObject(); found != null; found = parser.readObject()) {
                if (found instanceof PrivateKeyInfo info) {
                    return key(info);
                }
                if (found instanceof PEMKeyPair pair) {
                    return key(pair.getPrivateKeyInfo());
                }
            }
        } catch (IOException | RuntimeException e) {
            throw new GeneralSecurityException("the key can't be read");
        }
        throw new GeneralSecurityException("there is no key without a password in it");
    }

    private static PrivateKey key(PrivateKeyInfo info) throws GeneralSecurityException, IOException {
        return KeyKinds.factory(info.getPrivateKeyAlgorithm())
                .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
    }

    private static String text(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n" + LINES.encodeToString(der) + "\n-----END " + kind + "-----\n";
    }
}
