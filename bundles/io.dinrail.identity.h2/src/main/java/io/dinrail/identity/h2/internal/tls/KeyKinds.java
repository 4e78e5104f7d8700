package io.dinrail.identity.h2.internal.tls;

import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.util.Locale;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Which keys and signatures are strong enough, and short enough to be checked for strangers. */
final class KeyKinds {
    private static final int LEAST_RSA = 2048;
    private static final int MOST_RSA = 8192;
    private static final int LEAST_EC = 256;

    private static final Map<ASN1ObjectIdentifier, String> NAMES = Map.of(
            PKCSObjectIdentifiers.rsaEncryption, "RSA",
            X9ObjectIdentifiers.id_ecPublicKey, "EC",
            EdECObjectIdentifiers.id_Ed25519, "Ed25519");

    private KeyKinds() {}

    /** @throws NoSuchAlgorithmException if it is of no kind that is taken. */
    static KeyFactory factory(AlgorithmIdentifier kind) throws NoSuchAlgorithmException {
        String name = NAMES.get(kind.getAlgorithm());
        if (name == null) {
            throw new NoSuchAlgorithmException("a key of a kind that is not taken");
        }
        return KeyFactory.getInstance(name);
    }

    static boolean isStrong(PublicKey key) {
        if (key instanceof RSAKey rsa) {
            int bits = rsa.getModulus().bitLength();
            return bits >= LEAST_RSA && bits <= MOST_RSA;
        }
        if (key instanceof ECKey ec) {
            return ec.getParams().getOrder().bitLength() >= LEAST_EC;
        }
        return key instanceof EdECKey ed && ed.getParams().getName().equals("Ed25519");
    }

    static boolean isStrong(X509Certificate certificate) {
        return isStrong(certificate.getPublicKey()) && isStrong(certificate.getSigAlgName());
    }

    static boolean isStrong(String signature) {
        String name = signature.toUpperCase(Locale.ROOT);
        return !name.startsWith("MD") && !name.startsWith("SHA1");
    }
}
