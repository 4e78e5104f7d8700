package io.dinrail.identity.h2.internal.tls;

import io.dinrail.identity.api.IdentityException;
import io.dinrail.identity.api.IdentityException.Reason;
import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;

/** Takes the public key out of a PKCS #10 request, and nothing else: what it says about names is not believed. */
final class SigningRequest {
    private static final int LONGEST = 16 << 10;
    private static final int MOST_EC = 384;

    private SigningRequest() {}

    /** @throws IdentityException if it is damaged, not signed by its own key, or the key is of a kind or size that isn't taken. */
    static PublicKey key(String csr) throws IdentityException {
        if (csr.length() > LONGEST) {
            throw refused("is longer than " + LONGEST + " characters");
        }
        try {
            PKCS10CertificationRequest request = parse(csr);
            PublicKey key = key(request.getSubjectPublicKeyInfo());
            if (!KeyKinds.isStrong(key) || (key instanceof ECKey ec && isTooLong(ec))) {
                throw refused(
                        "has a key that is not taken: make one of EC P-256, P-384, Ed25519, or RSA of 2048 to 8192 bits");
            }
            if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
                throw refused("is not signed with its own key");
            }
            return key;
        } catch (IOException
                | GeneralSecurityException
                | OperatorCreationException
                | PKCSException
                | RuntimeException e) {
            throw refused("can't be read or its signature can't be checked");
        }
    }

    private static boolean isTooLong(ECKey key) {
        return key.getParams().getOrder().bitLength() > MOST_EC;
    }

    private static PKCS10CertificationRequest parse(String csr) throws IOException {
        try (PEMParser parser = new PEMParser(new StringReader(csr))) {
            if (parser.readObject() instanceof PKCS10CertificationRequest request) {
                return request;
            }
            throw new IOException("no request");
        }
    }

    private static PublicKey key(SubjectPublicKeyInfo info) throws GeneralSecurityException, IOException {
        return KeyKinds.factory(info.getAlgorithm()).generatePublic(new X509EncodedKeySpec(info.getEncoded()));
    }

    private static IdentityException refused(String why) {
        return new IdentityException(
                Reason.REFUSED, "the certificate request " + why + "; give a PKCS #10 request in PEM");
    }
}
