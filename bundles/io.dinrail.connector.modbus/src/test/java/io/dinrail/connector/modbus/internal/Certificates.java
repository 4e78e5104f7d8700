package io.dinrail.connector.modbus.internal;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A plant's CA, or a device that signs for itself. */
record Certificates(KeyPair keys, X509Certificate certificate) {
    static Certificates authority(String name) throws GeneralSecurityException, OperatorCreationException, IOException {
        KeyPair keys = fresh();
        X500Name own = new X500Name("CN=" + name);
        return new Certificates(keys, signed(keys, own, keys, own, "", true));
    }

    /** @return one that this one signed, for an address of the network. */
    Certificates issue(String name, String address)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        KeyPair fresh = fresh();
        X500Name issuer = new X500Name(certificate.getSubjectX500Principal().getName());
        return new Certificates(fresh, signed(keys, issuer, fresh, new X500Name("CN=" + name), address, false));
    }

    Path certificateFile(Path folder) throws IOException, GeneralSecurityException {
        return pem(folder, "CERTIFICATE", certificate.getEncoded());
    }

    Path keyFile(Path folder) throws IOException {
        return pem(folder, "PRIVATE KEY", keys.getPrivate().getEncoded());
    }

    private Path pem(Path folder, String what, byte[] encoded) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return Files.writeString(
                Files.createTempFile(folder, "tls", ".pem"),
                "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
    }

    private static KeyPair fresh() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private static X509Certificate signed(
            KeyPair by, X500Name issuer, KeyPair whose, X500Name subject, String address, boolean authority)
            throws OperatorCreationException, CertIOException, GeneralSecurityException {
        Instant now = Instant.now();
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuer,
                BigInteger.valueOf(System.nanoTime()),
                Date.from(now.minus(Duration.ofDays(1))),
                Date.from(now.plus(Duration.ofDays(30))),
                subject,
                whose.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        if (!address.isEmpty()) {
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.iPAddress, address)));
        }
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(by.getPrivate())));
    }
}
