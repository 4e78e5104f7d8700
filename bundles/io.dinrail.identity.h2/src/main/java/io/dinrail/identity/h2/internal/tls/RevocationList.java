package io.dinrail.identity.h2.internal.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;

/**
 * A CA's list of revoked certificates (RFC 5280, section 5), complete and signed by itself.
 *
 * @param from when it was made.
 * @param until when the next one is due.
 * @param number rises from list to list; empty if the CA does not count.
 * @param serials the revoked ones, also those that are only on hold.
 */
record RevocationList(Instant from, Instant until, Optional<BigInteger> number, Set<BigInteger> serials) {
    private static final String NUMBER = "2.5.29.20";
    private static final String DELTA = "2.5.29.27";
    private static final String PART = "2.5.29.28";
    private static final int MAY_SIGN_LISTS = 6;
    static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);

    RevocationList {
        serials = Set.copyOf(serials);
    }

    /** @throws GeneralSecurityException if it is damaged, another's, or not the whole list. */
    static RevocationList read(byte[] bytes, X509Certificate ca) throws GeneralSecurityException {
        X509CRL list = (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(bytes));
        boolean[] usage = ca.getKeyUsage();
        if (!list.getIssuerX500Principal().equals(ca.getSubjectX500Principal())
                || (usage != null && !usage[MAY_SIGN_LISTS])) {
            throw new GeneralSecurityException("it is another CA's");
        }
        list.verify(ca.getPublicKey());
        if (list.getExtensionValue(DELTA) != null
                || list.getExtensionValue(PART) != null
                || list.hasUnsupportedCriticalExtension()) {
            throw new GeneralSecurityException("it is only a part of a list");
        }
        Date due = list.getNextUpdate();
        if (due == null) {
            throw new GeneralSecurityException("it does not say when the next one is due");
        }
        return new RevocationList(list.getThisUpdate().toInstant(), due.toInstant(), number(list), serials(list));
    }

    boolean isNewerThan(RevocationList other) {
        if (number.isPresent() && other.number.isPresent()) {
            return number.get().compareTo(other.number.get()) > 0 && !from.isBefore(other.from);
        }
        return from.isAfter(other.from);
    }

    boolean isOutdated(Instant now) {
        return !until.isAfter(now);
    }

    private static Set<BigInteger> serials(X509CRL list) {
        Set<? extends X509CRLEntry> entries = list.getRevokedCertificates();
        return entries == null
                ? Set.of()
                : entries.stream().map(X509CRLEntry::getSerialNumber).collect(Collectors.toSet());
    }

    private static Optional<BigInteger> number(X509CRL list) throws GeneralSecurityException {
        byte[] value = list.getExtensionValue(NUMBER);
        if (value == null) {
            return Optional.empty();
        }
        try {
            byte[] inner = ASN1OctetString.getInstance(value).getOctets();
            return Optional.of(ASN1Integer.getInstance(ASN1OctetString.fromByteArray(inner))
                    .getValue());
        } catch (IOException | RuntimeException e) {
            throw new GeneralSecurityException("its number can't be read");
        }
    }
}
