package io.dinrail.identity.h2.internal.tls;

import io.dinrail.identity.api.ClientCertificates.IssuedCertificate;
import io.dinrail.identity.api.Principal;
import java.time.Instant;

/**
 * A certificate of the own CA as it stands in the store.
 *
 * @param serial in lower-case hexadecimal.
 * @param fingerprint SHA-256 in lower-case hexadecimal.
 */
record IssuedRow(
        String serial,
        String organisation,
        String name,
        String fingerprint,
        Instant issuedAt,
        Instant expiresAt,
        boolean revoked) {
    IssuedRow asRevoked() {
        return new IssuedRow(serial, organisation, name, fingerprint, issuedAt, expiresAt, true);
    }

    String login() {
        return Principal.login(organisation, name);
    }

    IssuedCertificate info() {
        return new IssuedCertificate(serial, login(), expiresAt, revoked);
    }
}
