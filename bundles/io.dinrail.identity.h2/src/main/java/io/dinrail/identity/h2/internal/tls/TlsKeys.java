package io.dinrail.identity.h2.internal.tls;

import io.dinrail.identity.api.ServerKeys;
import io.dinrail.identity.h2.internal.secrets.SecretsException;
import io.dinrail.identity.h2.internal.secrets.SecretsFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The CA and server certificate in the secrets folder. A CA is made once and never replaced, because clients trust it; a server certificate is
 * replaced freely.
 */
final class TlsKeys implements ServerKeys {
    private static final Logger LOG = LoggerFactory.getLogger(TlsKeys.class);
    private static final String CA = "ca";
    private static final String SERVER = "server";
    private static final Duration RENEW_BEFORE = Duration.ofDays(30);

    private final SSLContext context;
    private final Path caFile;
    private final X509Certificate server;

    private TlsKeys(SSLContext context, Path caFile, X509Certificate server) {
        this.context = context;
        this.server = server;
        this.caFile = caFile;
    }

    /**
     * Loads what is there and makes what is missing.
     *
     * @param names asked only when a server certificate is made.
     * @throws SecretsException if the CA is damaged or the folder can't be used.
     */
    static TlsKeys open(SecretsFolder folder, Clock clock, Supplier<LocalNames> names) throws SecretsException {
        CertificateMaker maker = new CertificateMaker(clock);
        try {
            KeyedChain ca = ca(folder, clock.instant(), maker);
            Optional<KeyedChain> kept = keptServer(folder, clock.instant(), ca.certificate());
            KeyedChain server = kept.isPresent() ? kept.get() : newServer(folder, maker, ca, names.get());
            return new TlsKeys(context(server), folder.file(CA + ".pem"), server.certificate());
        } catch (GeneralSecurityException | IOException e) {
            throw new SecretsException("the TLS keys in " + folder.file("") + " can't be made or loaded", e);
        }
    }

    SSLContext serverContext() {
        return context;
    }

    @Override
    public SSLEngine engine(boolean asksForCertificate) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        engine.setWantClientAuth(asksForCertificate);
        return engine;
    }

    @Override
    public Instant expiresAt() {
        return server.getNotAfter().toInstant();
    }

    @Override
    public List<String> names() {
        return List.of();
    }

    @Override
    public Path caCertificate() {
        return caFile;
    }

    private static KeyedChain ca(SecretsFolder folder, Instant now, CertificateMaker maker)
            throws SecretsException, GeneralSecurityException {
        // A first start that was cut short leaves ca.key alone behind: nobody has trusted that CA yet.
        if (!folder.holds(CA + ".pem") && !folder.holds(SERVER + ".pem")) {
            KeyedChain made = maker.ca();
            made.write(folder, CA);
            LOG.info("made a local CA: clients trust {}", folder.file(CA + ".pem"));
        }
        KeyedChain ca = KeyedChain.read(folder, CA);
        if (!ca.certificate().getNotAfter().toInstant().isAfter(now)) {
            throw new SecretsException("the CA in " + folder.file(CA + ".pem")
                    + " has ended: move it away with server.pem, restart and give clients the new one");
        }
        return ca;
    }

    private static Optional<KeyedChain> keptServer(SecretsFolder folder, Instant now, X509Certificate ca) {
        if (!folder.holds(SERVER + ".pem")) {
            return Optional.empty();
        }
        try {
            KeyedChain server = KeyedChain.read(folder, SERVER);
            server.certificate().verify(ca.getPublicKey());
            Instant end = server.certificate().getNotAfter().toInstant();
            if (end.isAfter(now.plus(RENEW_BEFORE))
                    || end.equals(ca.getNotAfter().toInstant())) {
                return Optional.of(server);
            }
            LOG.info("the server certificate ends at {}: making a new one", end);
        } catch (SecretsException | GeneralSecurityException e) {
            LOG.warn("the server certificate can't be used and is made anew: {}", e.getMessage());
        }
        return Optional.empty();
    }

    private static KeyedChain newServer(SecretsFolder folder, CertificateMaker maker, KeyedChain ca, LocalNames names)
            throws SecretsException, GeneralSecurityException {
        KeyedChain made = maker.server(ca, names);
        made.write(folder, SERVER);
        LOG.info("made a server certificate for {}", names.hosts());
        return made;
    }

    private static SSLContext context(KeyedChain server) throws GeneralSecurityException, IOException {
        char[] inMemory = new char[0];
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, inMemory);
        store.setKeyEntry(SERVER, server.key(), inMemory, server.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, inMemory);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
