package io.dinrail.identity.h2.internal.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Names in a certificate. */
final class CertificateNames {
    static final int EMAIL = 1;
    static final int DNS = 2;
    static final int URI = 6;
    static final int ADDRESS = 7;

    private CertificateNames() {}

    /** Names and addresses that a server's certificate is good for. */
    static List<String> hosts(X509Certificate certificate) {
        return Stream.concat(all(certificate, DNS), all(certificate, ADDRESS)).toList();
    }

    /** The alternative names of one kind, in order; none if they are damaged. */
    static Stream<String> all(X509Certificate certificate, int kind) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? Stream.empty()
                    : names.stream()
                            .filter(name -> Integer.valueOf(kind).equals(name.get(0)))
                            .map(name -> String.valueOf(name.get(1)));
        } catch (CertificateParsingException e) {
            return Stream.empty();
        }
    }
}
