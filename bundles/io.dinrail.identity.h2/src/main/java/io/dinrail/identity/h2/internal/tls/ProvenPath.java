package io.dinrail.identity.h2.internal.tls;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Instant;

/**
 * A client's certificate whose signatures were checked up to a CA. Whether it counts now is asked each time.
 *
 * @param fingerprint of the client's certificate, SHA-256 in hexadecimal.
 * @param serial of the client's certificate.
 * @param anchor the CA's certificate.
 * @param ca the imported CA's name; empty for the own one.
 * @param serialUnderCa of the certificate that the CA itself issued: what its list of revoked ones would hold.
 * @param name what the certificate says: a name, for the own CA {@code urn:dinrail:ORGANISATION:NAME}.
 * @param from when all of them have begun.
 * @param until when the first of them ends.
 * @param generation which state of the CAs it was found under.
 */
record ProvenPath(
        String fingerprint,
        BigInteger serial,
        X509Certificate anchor,
        String ca,
        BigInteger serialUnderCa,
        String name,
        Instant from,
        Instant until,
        long generation) {}
