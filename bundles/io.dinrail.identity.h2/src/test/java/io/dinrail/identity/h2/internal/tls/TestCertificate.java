package io.dinrail.identity.h2.internal.tls;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** Writes certificates, lists and requests of every kind, good and bad. */
final class TestCertificate {

    private final String subject;
    private final List<GeneralName> names = new ArrayList<>();
    private final List<KeyPurposeId> uses = new ArrayList<>();
    private int levelsBelow = -1;
    private Instant from;
    private Instant until;
    private KeyPair keys = ec("secp256r1");
    private Optional<KeyedChain> issuer = Optional.empty();
    private String signature = "SHA256with";

    TestCertificate(String subject, Instant now) {
        this.subject = subject;
        from = now.minus(Duration.ofDays(1));
        until = now.plus(Duration.ofDays(300));
    }

    TestCertificate ca(int levels) {
        levelsBelow = levels;
        return this;
    }

    TestCertificate by(KeyedChain ca) {
        issuer = Optional.of(ca);
        return this;
    }

    TestCertificate forUse(KeyPurposeId... use) {
        uses.addAll(List.of(use));
        return this;
    }

    TestCertificate forClients() {
        return forUse(KeyPurposeId.id_kp_clientAuth);
    }

    TestCertificate named(int kind, String name) {
        names.add(new GeneralName(kind, name));
        return this;
    }

    TestCertificate from(Instant begin) {
        from = begin;
        return this;
    }

    TestCertificate until(Instant end) {
        until = end;
        return this;
    }

    TestCertificate keys(KeyPair pair) {
        keys = pair;
        return this;
    }

    TestCertificate hash(String name) {
        signature = name + "with";
        return this;
    }

    /** With those above it, but without the root. */
    KeyedChain make() throws Exception {
        X500Name own = new X500Name(subject);
        X500Name above = issuer.map(ca -> X500Name.getInstance(
                        ca.certificate().getSubjectX500Principal().getEncoded()))
                .orElse(own);
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                above,
                new BigInteger(120, new SecureRandom()),
                Date.from(from),
                Date.from(until),
                own,
                keys.getPublic());
        builder.addExtension(
                Extension.basicConstraints,
                true,
                levelsBelow < 0 ? new BasicConstraints(false) : new BasicConstraints(levelsBelow));
        if (!uses.isEmpty()) {
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(uses.toArray(KeyPurposeId[]::new)));
        }
        if (!names.isEmpty()) {
            builder.addExtension(
                    Extension.subjectAlternativeName, false, new GeneralNames(names.toArray(GeneralName[]::new)));
        }
        PrivateKey signer = issuer.map(KeyedChain::key).orElse(keys.getPrivate());
        X509Certificate made = new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder(signature + kind(signer)).build(signer)));
        List<X509Certificate> chain = new ArrayList<>(List.of(made));
        issuer.filter(ca -> !ca.certificate()
                        .getIssuerX500Principal()
                        .equals(ca.certificate().getSubjectX500Principal()))
                .ifPresent(ca -> chain.addAll(ca.chain()));
        return new KeyedChain(keys.getPrivate(), chain);
    }

    static byte[] crl(KeyedChain ca, int number, Instant from, Instant until, X509Certificate... revoked)
            throws Exception {
        return crl(ca, number, from, until, false, revoked);
    }

    static byte[] crl(
            KeyedChain ca, int number, Instant from, Instant until, boolean partial, X509Certificate... revoked)
            throws Exception {
        X509v2CRLBuilder builder = new X509v2CRLBuilder(
                X500Name.getInstance(ca.certificate().getSubjectX500Principal().getEncoded()), Date.from(from));
        builder.setNextUpdate(Date.from(until));
        builder.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(number)));
        if (partial) {
            builder.addExtension(
                    Extension.issuingDistributionPoint,
                    true,
                    new IssuingDistributionPoint(null, false, true, null, false, false));
        }
        for (X509Certificate each : revoked) {
            builder.addCRLEntry(each.getSerialNumber(), Date.from(from), 0);
        }
        return builder.build(new JcaContentSignerBuilder("SHA256with" + kind(ca.key())).build(ca.key()))
                .getEncoded();
    }

    /** A request for one key, signed by another if that differs. */
    static String csr(String subject, KeyPair keys, PrivateKey signer) throws Exception {
        byte[] request = new JcaPKCS10CertificationRequestBuilder(new X500Name(subject), keys.getPublic())
                .build(new JcaContentSignerBuilder(
                                kind(signer).startsWith("Ed") ? "Ed25519" : "SHA256with" + kind(signer))
                        .build(signer))
                .getEncoded();
        return pem("CERTIFICATE REQUEST", request);
    }

    static String pem(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + kind
                + "-----\n";
    }

    static KeyPair ec(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static KeyPair keys(String algorithm, int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        if (bits > 0) {
            generator.initialize(bits);
        }
        return generator.generateKeyPair();
    }

    private static String kind(PrivateKey key) {
        return key.getAlgorithm().equals("EC") ? "ECDSA" : key.getAlgorithm();
    }
}
