package io.dinrail.connector.opcua.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.util.CertificateUtil;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateBuilder;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the platform's own certificate when it is first needed, keeps it in a file, and renews it before it ends; safe for many threads. */
final class OwnCertificates {
    private static final Logger LOG = LoggerFactory.getLogger(OwnCertificates.class);
    private static final int KEY_BITS = 2048; // every policy takes 2048 to 4096
    private static final Duration VALID = Duration.ofDays(3 * 365L);
    private static final Duration CLOCKS_DIFFER = Duration.ofHours(24);

    private final Path folder;
    private final Clock clock;
    private @Nullable OwnCertificate kept;

    OwnCertificates(SecretFolder secrets, Clock clock) {
        this.folder = secrets.file("opcua");
        this.clock = clock;
    }

    /** @return whether {@link #current()} would answer with another certificate than this. */
    synchronized boolean isOutdated(OwnCertificate used) {
        return used.isDue(clock.instant()) || kept != null && !kept.equals(used);
    }

    /** @return the certificate, made or renewed if it has to be, which takes a second. */
    synchronized OwnCertificate current() throws IOException, GeneralSecurityException {
        Optional<OwnCertificate> known = known();
        if (known.isPresent() && !known.get().isDue(clock.instant())) {
            return known.get();
        }
        OwnCertificate made =
                make(known.map(OwnCertificate::applicationUri).orElseGet(OwnCertificates::uriOfThisMachine));
        store(made);
        kept = made;
        LOG.info(
                "the OPC UA connectors' own certificate was {}: {}, good until {}; servers have to trust it: {}",
                known.isPresent() ? "renewed" : "made",
                Fingerprint.of(made.certificate()),
                made.ends(),
                folder.resolve("own.crt"));
        return made;
    }

    /** @return what a session says of itself where no certificate is needed. */
    static String uriOfThisMachine() {
        return "urn:" + hostName() + ":dinrail:opcua";
    }

    private Optional<OwnCertificate> known() throws IOException, GeneralSecurityException {
        Path file = folder.resolve("own.pem");
        if (kept == null && Files.exists(file)) {
            X509Certificate certificate = Pem.certificates(file).get(0);
            kept = new OwnCertificate(
                    new KeyPair(certificate.getPublicKey(), Pem.key(file)),
                    certificate,
                    CertificateUtil.getSanUri(certificate).orElseGet(OwnCertificates::uriOfThisMachine));
        }
        return Optional.ofNullable(kept);
    }

    // both in one file, so that they always fit each other; the other is for handing to servers
    private void store(OwnCertificate made) throws IOException, GeneralSecurityException {
        byte[] certificate = Pem.text("CERTIFICATE", made.certificate().getEncoded());
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(certificate);
        both.write(Pem.text("PRIVATE KEY", made.keys().getPrivate().getEncoded()));
        SecretFolder.create(folder);
        SecretFolder.write(folder.resolve("own.pem"), both.toByteArray());
        SecretFolder.write(folder.resolve("own.crt"), certificate);
    }

    // what the library throws here is Exception itself
    private OwnCertificate make(String applicationUri) throws GeneralSecurityException {
        KeyPair keys = SelfSignedCertificateGenerator.generateRsaKeyPair(KEY_BITS);
        Instant now = clock.instant();
        try {
            X509Certificate certificate = new SelfSignedCertificateGenerator()
                    .generateSelfSigned(
                            keys,
                            Date.from(now.minus(CLOCKS_DIFFER)),
                            Date.from(now.plus(VALID)),
                            "Dinrail at " + hostName(),
                            "Dinrail",
                            null,
                            null,
                            null,
                            null,
                            applicationUri,
                            List.of(hostName()),
                            List.of(),
                            SelfSignedCertificateBuilder.SA_SHA256_RSA);
            return new OwnCertificate(keys, certificate, applicationUri);
        } catch (Exception e) {
            throw new GeneralSecurityException("the own certificate can't be made", e);
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost()
                    .getHostName()
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^a-z0-9.-]", "-");
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
