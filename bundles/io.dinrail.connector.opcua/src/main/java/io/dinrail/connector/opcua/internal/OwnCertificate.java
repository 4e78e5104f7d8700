package io.dinrail.connector.opcua.internal;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/**
 * How the platform's OPC UA connectors identify themselves.
 *
 * @param keys the pair that the certificate is about.
 * @param certificate self-signed.
 * @param applicationUri the URI in it, which a session must name too.
 */
record OwnCertificate(KeyPair keys, X509Certificate certificate, String applicationUri) {
    /** So long before its end it is renewed: time enough to have the new one accepted by every server. */
    static final Duration RENEWED_BEFORE = Duration.ofDays(60);

    Instant ends() {
        return certificate.getNotAfter().toInstant();
    }

    boolean isDue(Instant now) {
        return !now.isBefore(ends().minus(RENEWED_BEFORE))
                || now.isBefore(certificate.getNotBefore().toInstant());
    }
}
