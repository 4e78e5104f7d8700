package io.dinrail.connector.opcua.internal;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;

/** A certificate's SHA-256 as people compare it. */
final class Fingerprint {
    private Fingerprint() {}

    /** @return 64 digits in lower case. */
    static String of(X509Certificate certificate) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.of().formatHex(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256, and a parsed certificate its bytes", e);
        }
    }
}
