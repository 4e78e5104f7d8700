package io.dinrail.identity.h2.internal.tls;

import io.dinrail.identity.h2.internal.tls.ClientTrust.Anchors;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1OctetString;

/** Finds a client certificate's way up to the nearest CA that is trusted, and validates it (RFC 5280, section 6). Keeps nothing. */
final class PathProver {
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final String ANY_USE = "2.5.29.37.0";
    private static final String NAME_CONSTRAINTS = "2.5.29.30";
    private static final int MOST_LEVELS = 5;

    private PathProver() {}

    /**
     * A proof.
     *
     * @param between those that were needed between the client's certificate and the CA.
     */
    record Proof(ProvenPath path, List<X509Certificate> between) {}

    /** What is found: the imported CA, if it isn't the own one, and the client's certificate with those between. */
    private record Way(X509Certificate anchor, Optional<ImportedCa> imported, List<X509Certificate> path) {}

    /**
     * Proves a certificate.
     *
     * @param leaf the client's.
     * @param between what may stand between it and a CA, trusted in no way.
     * @throws CertificateException if there is no way to a trusted CA; says why.
     */
    static Proof prove(X509Certificate leaf, Collection<X509Certificate> between, Anchors anchors, Instant now)
            throws CertificateException {
        try {
            Way way = find(leaf, between, anchors);
            checkEach(way);
            validate(way, now);
            return new Proof(
                    proven(way, anchors.generation()),
                    List.copyOf(way.path().subList(1, way.path().size())));
        } catch (CertificateException e) {
            throw e;
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new CertificateException("the client's certificate is damaged or not valid under its CA", e);
        }
    }

    private static Way find(X509Certificate leaf, Collection<X509Certificate> between, Anchors anchors)
            throws CertificateException {
        List<X509Certificate> path = new ArrayList<>(List.of(leaf));
        while (path.size() <= MOST_LEVELS) {
            X509Certificate top = path.get(path.size() - 1);
            Optional<X509Certificate> own = anchors.own().filter(ca -> Issuers.issued(ca, top));
            if (own.isPresent() && path.size() == 1) {
                return new Way(own.get(), Optional.empty(), path);
            }
            Optional<ImportedCa> imported = anchors.imported().stream()
                    .filter(ca -> Issuers.issued(ca.certificate(), top))
                    .findFirst();
            if (imported.isPresent()) {
                return new Way(imported.get().certificate(), imported, path);
            }
            path.add(between.stream()
                    .filter(next -> !path.contains(next) && Issuers.issued(next, top))
                    .findFirst()
                    .orElseThrow(() -> new CertificateException("the client's certificate is of no trusted CA")));
        }
        throw new CertificateException("there are too many levels above the client's certificate");
    }

    private static void checkEach(Way way) throws CertificateException {
        X509Certificate leaf = way.path().get(0);
        boolean[] usage = leaf.getKeyUsage();
        if (leaf.getBasicConstraints() >= 0 || (usage != null && !usage[0])) {
            throw new CertificateException("the client's certificate is not one to log in with");
        }
        for (X509Certificate each : way.path()) {
            if (!KeyKinds.isStrong(each)) {
                throw new CertificateException("a key or signature in the client's certificates is too weak");
            }
            if (!isForClients(each, way.imported().isPresent())) {
                throw new CertificateException("the client's certificate is not one for clients");
            }
        }
        int deepest = way.anchor().getBasicConstraints();
        if (way.path().size() - 1 > deepest) {
            throw new CertificateException("the CA forbids so many levels below it");
        }
    }

    /** Many makers' device certificates do not say what they are for; the own ones do. */
    private static boolean isForClients(X509Certificate certificate, boolean mayBeSilent)
            throws CertificateParsingException {
        List<String> uses = certificate.getExtendedKeyUsage();
        return uses == null ? mayBeSilent : uses.contains(CLIENT_AUTH) || uses.contains(ANY_USE);
    }

    private static void validate(Way way, Instant now) throws GeneralSecurityException {
        PKIXParameters rules = new PKIXParameters(Set.of(anchor(way.anchor())));
        rules.setRevocationEnabled(false); // lists are looked at at each login, not only at the first
        rules.setDate(Date.from(now));
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(way.path()), rules);
    }

    /** The JDK ignores what names the anchor itself is limited to, unless told. */
    private static TrustAnchor anchor(X509Certificate ca) throws InvalidAlgorithmParameterException {
        byte[] limits = ca.getExtensionValue(NAME_CONSTRAINTS);
        return new TrustAnchor(
                ca, limits == null ? null : ASN1OctetString.getInstance(limits).getOctets());
    }

    private static ProvenPath proven(Way way, long generation) throws GeneralSecurityException {
        X509Certificate leaf = way.path().get(0);
        Optional<String> name = way.imported().isPresent()
                ? ImportedName.of(leaf, way.imported().get().nameFrom())
                : CertificateNames.all(leaf, CertificateNames.URI).findFirst();
        return new ProvenPath(
                fingerprint(leaf),
                leaf.getSerialNumber(),
                way.anchor(),
                way.imported().map(ImportedCa::name).orElse(""),
                way.path().get(way.path().size() - 1).getSerialNumber(),
                name.orElseThrow(() -> new CertificateException("there is no usable name in the client's certificate")),
                all(way).map(each -> each.getNotBefore().toInstant())
                        .max(Comparator.naturalOrder())
                        .orElseThrow(),
                all(way).map(each -> each.getNotAfter().toInstant())
                        .min(Comparator.naturalOrder())
                        .orElseThrow(),
                generation);
    }

    private static Stream<X509Certificate> all(Way way) {
        return Stream.concat(Stream.of(way.anchor()), way.path().stream());
    }

    static String fingerprint(X509Certificate certificate) throws CertificateEncodingException {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
