package io.dinrail.identity.h2.internal.tls;

import io.dinrail.identity.api.ServerKeys;
import io.dinrail.identity.h2.internal.secrets.SecretsException;
import io.dinrail.identity.h2.internal.secrets.SecretsFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server certificate in use: the plant's if there is one, otherwise the own one. Engines made before a change keep what they have. */
final class TlsKeys implements ServerKeys {
    private static final Logger LOG = LoggerFactory.getLogger(TlsKeys.class);
    private static final Duration BETWEEN_RENEWALS = Duration.ofMinutes(5);

    private record InUse(KeyedChain pair, ServerContext context) {}

    private final Path caFile;
    private final Clock clock;
    private final OwnServer own;
    private final PlantServer plant;
    private final ClientTrustManager clients;
    private final EndWarning caWarning = new EndWarning(
            "the local CA ends at {}: see docs/how-to/use-your-own-certificate.md on how to replace it",
            1,
            7,
            30,
            90,
            180,
            365);
    private volatile InUse inUse;
    private Instant nextRenewal;
    private String fault = "";

    private TlsKeys(SecretsFolder folder, Clock clock, OwnServer own, ClientTrust trust)
            throws GeneralSecurityException, IOException {
        caFile = folder.file(OwnServer.CA + ".pem");
        this.clock = clock;
        this.own = own;
        clients = new ClientTrustManager(trust);
        plant = new PlantServer(folder, clock, own::isOurs);
        inUse = use(own.pair());
        nextRenewal = clock.instant();
    }

    /**
     * Loads what is there and makes what is missing.
     *
     * @param names of the machine, asked for every few minutes.
     * @param authority told the CA.
     * @param trust asked about clients' certificates.
     * @throws SecretsException if the CA is damaged or has ended, or the folder can't be used.
     */
    static TlsKeys open(
            SecretsFolder folder, Clock clock, Supplier<LocalNames> names, OwnAuthority authority, ClientTrust trust)
            throws SecretsException {
        try {
            OwnServer own = new OwnServer(folder, clock, names);
            TlsKeys keys = new TlsKeys(folder, clock, own, trust);
            keys.look();
            authority.loaded(own.ca());
            return keys;
        } catch (GeneralSecurityException | IOException e) {
            throw new SecretsException("the TLS keys in " + folder.file("") + " can't be made or loaded", e);
        }
    }

    /** Renews and replaces what is to be renewed and replaced; called every few seconds by one thread, blocks on files and on a name server. */
    void look() {
        String now = "";
        try {
            renew();
        } catch (SecretsException | GeneralSecurityException e) {
            now = "the server certificate can't be renewed: " + e.getMessage();
        }
        try {
            KeyedChain best = plant.look().orElse(own.pair());
            if (!best.equals(inUse.pair())) {
                inUse = use(best);
                LOG.info("server certificate for {}, good until {}", names(), expiresAt());
            }
        } catch (GeneralSecurityException | IOException e) {
            now = "the server certificate can't be used: " + e.getMessage();
        }
        sayOnce(now);
        caWarning.look(own.ca().certificate().getNotAfter().toInstant(), clock.instant());
    }

    @Override
    public SSLEngine engine(boolean asksForCertificate) {
        return inUse.context().engine(asksForCertificate);
    }

    @Override
    public Instant expiresAt() {
        return inUse.pair().certificate().getNotAfter().toInstant();
    }

    @Override
    public List<String> names() {
        return CertificateNames.hosts(inUse.pair().certificate());
    }

    @Override
    public Path caCertificate() {
        return caFile;
    }

    private void renew() throws SecretsException, GeneralSecurityException {
        Instant now = clock.instant();
        // a clock that was set back must not put the next renewal off
        if (now.isBefore(nextRenewal) && !now.plus(BETWEEN_RENEWALS).isBefore(nextRenewal)) {
            return;
        }
        nextRenewal = now.plus(BETWEEN_RENEWALS);
        own.renew();
    }

    private InUse use(KeyedChain pair) throws GeneralSecurityException, IOException {
        return new InUse(pair, new ServerContext(pair, clients));
    }

    private void sayOnce(String now) {
        if (!now.isEmpty() && !now.equals(fault)) {
            LOG.error("{}", now);
        }
        fault = now;
    }
}
