package io.dinrail.identity.h2.internal.tls;

import io.dinrail.identity.h2.internal.secrets.SecretsException;
import io.dinrail.identity.h2.internal.secrets.SecretsFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The CA ({@code ca.*}) and the server certificate it issued ({@code own-server.*}). The CA is made once and never replaced, because clients trust it;
 * the server certificate is replaced freely. Used by one thread.
 */
final class OwnServer {
    private static final Logger LOG = LoggerFactory.getLogger(OwnServer.class);
    static final String CA = "ca";
    static final String OWN = "own-server";
    private static final Duration RENEW_BEFORE = Duration.ofDays(30);

    private final SecretsFolder folder;
    private final Clock clock;
    private final Supplier<LocalNames> names;
    private final CertificateMaker maker;
    private final KeyedChain ca;
    private KeyedChain pair;

    /**
     * Loads what is there and makes what is missing.
     *
     * @throws SecretsException if the CA is damaged or has ended, or the folder can't be used.
     */
    OwnServer(SecretsFolder folder, Clock clock, Supplier<LocalNames> names)
            throws SecretsException, GeneralSecurityException {
        this.folder = folder;
        this.clock = clock;
        this.names = names;
        maker = new CertificateMaker(clock);
        ca = openCa();
        moveFormerPair();
        Optional<KeyedChain> kept = keptPair();
        pair = kept.isPresent() ? kept.get() : newPair(names.get());
    }

    KeyedChain ca() {
        return ca;
    }

    KeyedChain pair() {
        return pair;
    }

    /** Makes a new certificate if this one ends soon or the machine has a name or address that it lacks. */
    void renew() throws SecretsException, GeneralSecurityException {
        LocalNames now = names.get();
        if (endsSoon(pair.certificate()) || !now.areIn(pair.certificate())) {
            pair = newPair(now);
        }
    }

    private KeyedChain openCa() throws SecretsException, GeneralSecurityException {
        // A first start that was cut short leaves ca.key alone behind: nobody has trusted that CA yet.
        if (!folder.holds(CA + ".pem") && !folder.holds(OWN + ".pem")) {
            KeyedChain made = maker.ca();
            made.write(folder, CA);
            LOG.info("made a local CA: clients trust {}", folder.file(CA + ".pem"));
        }
        KeyedChain read = KeyedChain.read(folder, CA);
        if (!end(read.certificate()).isAfter(clock.instant())) {
            throw new SecretsException("the CA in " + folder.file(CA + ".pem") + " has ended: move it away with " + CA
                    + ".key and " + OWN + ".pem, restart and give clients the new one");
        }
        return read;
    }

    /** Version 0.1.0 kept its own certificate where the plant's belongs now. */
    private void moveFormerPair() throws GeneralSecurityException {
        try {
            if (folder.holds(OWN + ".pem") || !folder.holds(PlantServer.NAME + ".pem")) {
                return;
            }
            KeyedChain former = KeyedChain.read(folder, PlantServer.NAME);
            if (isOurs(former.certificate())) {
                former.write(folder, OWN);
                Files.delete(folder.file(PlantServer.NAME + ".pem"));
                Files.delete(folder.file(PlantServer.NAME + ".key"));
            }
        } catch (SecretsException | IOException e) {
            LOG.debug("no former pair: {}", e.getMessage()); // the plant's, which is looked at elsewhere
        }
    }

    private Optional<KeyedChain> keptPair() {
        if (!folder.holds(OWN + ".pem")) {
            return Optional.empty();
        }
        try {
            KeyedChain read = KeyedChain.read(folder, OWN);
            if (isOurs(read.certificate()) && !endsSoon(read.certificate())) {
                return Optional.of(read);
            }
        } catch (SecretsException e) {
            LOG.warn("the own server certificate is made anew: {}", e.getMessage());
        }
        return Optional.empty();
    }

    private KeyedChain newPair(LocalNames now) throws SecretsException, GeneralSecurityException {
        KeyedChain made = maker.server(ca, now);
        made.write(folder, OWN);
        LOG.info("made a server certificate for {}", now.hosts());
        return made;
    }

    boolean isOurs(X509Certificate certificate) {
        return Issuers.issued(ca.certificate(), certificate);
    }

    /** In the CA's last days nothing longer can be had. */
    private boolean endsSoon(X509Certificate certificate) {
        return !end(certificate).isAfter(clock.instant().plus(RENEW_BEFORE))
                && !end(certificate).equals(end(ca.certificate()));
    }

    private static Instant end(X509Certificate certificate) {
        return certificate.getNotAfter().toInstant();
    }
}
