package io.dinrail.connector.api;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Locale;

/**
 * The certificate of a device, trusted or in quarantine.
 *
 * @param fingerprint SHA-256 over its encoded form, 64 lower-case hexadecimal digits.
 * @param subject whose it is.
 * @param issuer who signed it.
 * @param notBefore from when it holds, in UTC.
 * @param notAfter until when it holds, in UTC.
 * @param trusted whether it is trusted; if not it waits in quarantine for a person.
 * @param remark what else a person should know before they decide, one sentence; possibly empty.
 */
public record PeerCertificate(
        String fingerprint,
        String subject,
        String issuer,
        Instant notBefore,
        Instant notAfter,
        boolean trusted,
        String remark) {
    /** @throws IllegalArgumentException if the fingerprint is no SHA-256 in hexadecimal digits. */
    public PeerCertificate {
        fingerprint = plain(fingerprint);
        requireNonNull(subject);
        requireNonNull(issuer);
        requireNonNull(notBefore);
        requireNonNull(notAfter);
        requireNonNull(remark);
        if (!fingerprint.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                    "'" + fingerprint + "' is no SHA-256 fingerprint: 64 hexadecimal digits");
        }
    }

    /**
     * Brings a fingerprint as people copy it, with colons, blanks and capitals, into the plain form.
     *
     * @param fingerprint any text.
     * @return the text in lower case, without colons and blanks.
     */
    public static String plain(String fingerprint) {
        return fingerprint.replaceAll("[:\\s]", "").toLowerCase(Locale.ROOT);
    }
}
