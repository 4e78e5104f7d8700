package io.dinrail.identity.h2.internal.tls;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;

/** Who issued what. */
final class Issuers {
    private Issuers() {}

    /** Whether one certificate's key signed another, which names it as its issuer. Says nothing about whether it was allowed to. */
    static boolean issued(X509Certificate issuer, X509Certificate certificate) {
        if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            return false;
        }
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
