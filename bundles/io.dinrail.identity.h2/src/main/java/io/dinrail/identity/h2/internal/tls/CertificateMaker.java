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

/** Makes the two certificates, EC P-256. Bouncy Castle writes them; keys and signatures are the JDK's. */
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
        try {
            X509v3CertificateBuilder builder = builder(issuer, new X500Name("CN=Dinrail"), pair.getPublic(), end)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(
                            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                    .addExtension(Extension.subjectAlternativeName, false, alternatives(names))
                    .addExtension(
                            Extension.authorityKeyIdentifier,
                            false,
                            new JcaX509ExtensionUtils()
                                    .createAuthorityKeyIdentifier(
                                            ca.certificate().getPublicKey()));
            return new KeyedChain(pair.getPrivate(), List.of(sign(builder, ca.key()), ca.certificate()));
        } catch (CertIOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private X509v3CertificateBuilder builder(X500Name issuer, X500Name subject, PublicKey key, Instant end)
            throws GeneralSecurityException, CertIOException {
        BigInteger serial = new BigInteger(159, random).setBit(0);
        Date begin = Date.from(clock.instant().minus(HEAD_START));
        return new JcaX509v3CertificateBuilder(issuer, serial, begin, Date.from(end), subject, key)
                .addExtension(
                        Extension.subjectKeyIdentifier,
                        false,
                        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key));
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
