package io.dinrail.identity.h2.internal.tls;

import io.dinrail.identity.h2.internal.secrets.SecretsException;
import io.dinrail.identity.h2.internal.secrets.SecretsFolder;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plant's own server certificate: {@code server.pem} and {@code server.key}, which are only read. Looked at from time to time by one thread; what
 * is being copied is left alone until it has not changed between two looks.
 */
final class PlantServer {
    private static final Logger LOG = LoggerFactory.getLogger(PlantServer.class);
    static final String NAME = "server";
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final String ANY_USE = "2.5.29.37.0";

    private final SecretsFolder folder;
    private final Clock clock;
    private final Predicate<X509Certificate> ours;
    private final EndWarning warning;
    private PairStamp seen;
    private PairStamp judged = PairStamp.NONE;
    private Optional<KeyedChain> good = Optional.empty();

    /**
     * Looks at once.
     *
     * @param ours whether a certificate is the machine's own, which has no business there.
     */
    PlantServer(SecretsFolder folder, Clock clock, Predicate<X509Certificate> ours) {
        this.folder = folder;
        this.clock = clock;
        this.ours = ours;
        warning = new EndWarning(
                "the plant's server certificate ends at {}: replace " + folder.file(NAME + ".pem") + " and .key before",
                1,
                7,
                30);
        seen = PairStamp.of(folder);
    }

    /** The pair to be used: empty if there is none, or it has ended. */
    Optional<KeyedChain> look() {
        PairStamp now = PairStamp.of(folder);
        if (now.equals(seen) && !now.equals(judged)) {
            judged = now;
            judge();
        }
        seen = now;
        good.ifPresent(pair -> warning.look(pair.certificate().getNotAfter().toInstant(), clock.instant()));
        return good.filter(this::hasNotEnded);
    }

    private void judge() {
        if (judged.equals(PairStamp.NONE)) {
            good = Optional.empty();
            return;
        }
        try {
            judged.checkSizes();
            KeyedChain read = KeyedChain.parse(folder.read(NAME + ".key"), folder.read(NAME + ".pem"));
            check(read);
            good = Optional.of(read);
        } catch (SecretsException | GeneralSecurityException e) {
            LOG.warn(
                    "{} and {} are not used, what was in use before goes on: {}",
                    folder.file(NAME + ".pem"),
                    folder.file(NAME + ".key"),
                    e.getMessage());
        }
    }

    private void check(KeyedChain pair) throws GeneralSecurityException {
        X509Certificate own = pair.certificate();
        if (ours.test(own)) {
            throw new GeneralSecurityException("this is the platform's own certificate; remove both");
        }
        checkTime(own);
        if (!(pair.key() instanceof RSAKey || pair.key() instanceof ECKey) || !KeyKinds.isStrong(own.getPublicKey())) {
            throw new GeneralSecurityException("the key must be RSA of 2048 to 8192 bits or EC of 256 bits or more");
        }
        if (!isForServers(own)) {
            throw new GeneralSecurityException("the certificate is not one for servers");
        }
        checkOrder(pair.chain());
    }

    private void checkTime(X509Certificate certificate) throws GeneralSecurityException {
        Instant from = certificate.getNotBefore().toInstant();
        Instant until = certificate.getNotAfter().toInstant();
        if (clock.instant().isBefore(from) || !clock.instant().isBefore(until)) {
            throw new GeneralSecurityException(
                    "the certificate is good from " + from + " to " + until + ", drop it again then or drop another");
        }
    }

    private static boolean isForServers(X509Certificate certificate) throws CertificateParsingException {
        List<String> uses = certificate.getExtendedKeyUsage();
        return uses == null || uses.contains(SERVER_AUTH) || uses.contains(ANY_USE);
    }

    private static void checkOrder(List<X509Certificate> chain) throws GeneralSecurityException {
        for (int i = 1; i < chain.size(); i++) {
            if (!Issuers.issued(chain.get(i), chain.get(i - 1))) {
                throw new GeneralSecurityException(
                        "the server's certificate must stand first and each other one after the one it has issued");
            }
        }
    }

    private boolean hasNotEnded(KeyedChain pair) {
        return pair.certificate().getNotAfter().toInstant().isAfter(clock.instant());
    }
}
