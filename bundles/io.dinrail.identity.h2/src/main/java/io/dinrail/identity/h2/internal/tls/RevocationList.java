package io.dinrail.identity.h2.internal.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.TBSCertList;
import org.bouncycastle.cert.CertException;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;

/**
 * A CA's list of revoked certificates (RFC 5280, section 5), complete and signed by itself. Read entry by entry: the JDK would need ten times its
 * size in memory.
 *
 * @param from when it was made.
 * @param until when the next one is due.
 * @param number rises from list to list; empty if the CA does not count.
 * @param serials the revoked ones, also those that are only on hold.
 */
record RevocationList(Instant from, Instant until, Optional<BigInteger> number, Set<BigInteger> serials) {
    private static final String BEGIN = "-----BEGIN X509 CRL-----";
    private static final String END = "-----END X509 CRL-----";
    private static final int MAY_SIGN_LISTS = 6;
    static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);

    RevocationList {
        serials = Set.copyOf(serials);
    }

    /** @throws GeneralSecurityException if it is damaged, another's, or not the whole list. */
    static RevocationList read(byte[] bytes, X509Certificate ca) throws GeneralSecurityException {
        try {
            X509CRLHolder list = new X509CRLHolder(der(bytes));
            checkIssuer(list, ca);
            checkWhole(list);
            TBSCertList content = list.toASN1Structure().getTBSCertList();
            return new RevocationList(
                    content.getThisUpdate().getDate().toInstant(),
                    content.getNextUpdate().getDate().toInstant(),
                    Optional.ofNullable(list.getExtension(Extension.cRLNumber))
                            .map(number -> ASN1Integer.getInstance(number.getParsedValue())
                                    .getValue()),
                    serials(content));
        } catch (IOException | CertException | OperatorCreationException | RuntimeException e) {
            throw new GeneralSecurityException("it can't be read");
        }
    }

    private static byte[] der(byte[] bytes) {
        String text = new String(bytes, ISO_8859_1);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        return begin < 0 || end < begin
                ? bytes
                : Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end));
    }

    private static void checkIssuer(X509CRLHolder list, X509Certificate ca)
            throws GeneralSecurityException, IOException, CertException, OperatorCreationException {
        boolean[] usage = ca.getKeyUsage();
        if (!new X500Principal(list.getIssuer().getEncoded()).equals(ca.getSubjectX500Principal())
                || (usage != null && !usage[MAY_SIGN_LISTS])
                || !list.isSignatureValid(new JcaContentVerifierProviderBuilder().build(ca.getPublicKey()))) {
            throw new GeneralSecurityException("it is another CA's");
        }
    }

    private static void checkWhole(X509CRLHolder list) throws GeneralSecurityException {
        if (list.getExtension(Extension.deltaCRLIndicator) != null
                || list.getExtension(Extension.issuingDistributionPoint) != null
                || !list.getCriticalExtensionOIDs().isEmpty()) {
            throw new GeneralSecurityException("it is only a part of a list");
        }
        if (list.toASN1Structure().getTBSCertList().getNextUpdate() == null) {
            throw new GeneralSecurityException("it does not say when the next one is due");
        }
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

    private static Set<BigInteger> serials(TBSCertList content) {
        Set<BigInteger> all = new HashSet<>();
        Enumeration<?> entries = content.getRevokedCertificateEnumeration();
        while (entries.hasMoreElements()) {
            all.add(((TBSCertList.CRLEntry) entries.nextElement())
                    .getUserCertificate()
                    .getValue());
        }
        return all;
    }
}
