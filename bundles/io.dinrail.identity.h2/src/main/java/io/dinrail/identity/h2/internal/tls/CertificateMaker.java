package io.dinrail.identity.h2.internal.tls;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes certificates; the machine's own keys are EC P-256. Bouncy Castle writes them; keys and signatures are the JDK's. */
final class CertificateMaker {
    private static final Duration CA_LIFE = Duration.ofDays(3652);
    /** What the strictest clients accept. */
    private static final Duration SERVER_LIFE = Duration.ofDays(825);
    /** Devices' clocks are often behind. */
    private static final Duration HEAD_START = Duration.ofDays(1);

    private final SecureRandom random = new SecureRandom();
    private final Clock clock;

    CertificateMaker(Clock clock) {
        this.clock = clock;
    }

    KeyedChain ca() throws GeneralSecurityException {
        KeyPair pair = newPair();
        X500Name name = new X500Name("CN=Dinrail local CA " + new BigInteger(32, random).toString(16));
        try {
            X509v3CertificateBuilder builder = builder(name, name, pair.getPublic(), end(CA_LIFE))
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            return new KeyedChain(pair.getPrivate(), List.of(sign(builder, pair.getPrivate())));
        } catch (CertIOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    KeyedChain server(KeyedChain ca, LocalNames names) throws GeneralSecurityException {
        KeyPair pair = newPair();
        X500Name issuer =
                X500Name.getInstance(ca.certificate().getSubjectX500Principal().getEncoded());
        Instant caEnd = ca.certificate().getNotAfter().toInstant();
        Instant end = end(SERVER_LIFE).isBefore(caEnd) ? end(SERVER_LIFE) : caEnd;
        X509Certificate made = leaf(
                ca,
                builder(issuer, new X500Name("CN=Dinrail"), pair.getPublic(), end),
                KeyPurposeId.id_kp_serverAuth,
                alternatives(names));
        return new KeyedChain(pair.getPrivate(), List.of(made, ca.certificate()));
    }

    /** A client's; the name is written twice, for those who read subjects and in a form that tells organisations apart. */
    X509Certificate client(KeyedChain ca, PublicKey key, String organisation, String name, Instant end)
            throws GeneralSecurityException {
        X500Name issuer =
                X500Name.getInstance(ca.certificate().getSubjectX500Principal().getEncoded());
        X500Name subject = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, organisation)
                .addRDN(BCStyle.CN, name)
                .build();
        Instant caEnd = ca.certificate().getNotAfter().toInstant();
        GeneralName uri = new GeneralName(GeneralName.uniformResourceIdentifier, uri(organisation, name));
        return leaf(
                ca,
                builder(issuer, subject, key, end.isBefore(caEnd) ? end : caEnd),
                KeyPurposeId.id_kp_clientAuth,
                new GeneralNames(uri));
    }

    static String uri(String organisation, String name) {
        return "urn:dinrail:" + organisation + ':' + name;
    }

    private static X509Certificate leaf(
            KeyedChain ca, X509v3CertificateBuilder builder, KeyPurposeId purpose, GeneralNames names)
            throws GeneralSecurityException {
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose))
                    .addExtension(Extension.subjectAlternativeName, false, names)
                    .addExtension(
                            Extension.authorityKeyIdentifier,
                            false,
                            new JcaX509ExtensionUtils()
                                    .createAuthorityKeyIdentifier(
                                            ca.certificate().getPublicKey()));
            return sign(builder, ca.key());
        } catch (CertIOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private X509v3CertificateBuilder builder(X500Name issuer, X500Name subject, PublicKey key, Instant end)
            throws GeneralSecurityException {
        BigInteger serial = new BigInteger(159, random).setBit(0);
        Date begin = Date.from(clock.instant().minus(HEAD_START));
        try {
            return new JcaX509v3CertificateBuilder(issuer, serial, begin, Date.from(end), subject, key)
                    .addExtension(
                            Extension.subjectKeyIdentifier,
                            false,
                            new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key));
        } catch (CertIOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private Instant end(Duration life) {
        return clock.instant().minus(HEAD_START).plus(life);
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static GeneralNames alternatives(LocalNames names) {
        List<GeneralName> all = new ArrayList<>();
        names.hosts().stream().sorted().forEach(host -> all.add(new GeneralName(GeneralName.dNSName, host)));
        names.addresses()
                .forEach(address ->
                        all.add(new GeneralName(GeneralName.iPAddress, new DEROctetString(address.getAddress()))));
        return new GeneralNames(all.toArray(GeneralName[]::new));
    }

    private KeyPair newPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }
}
