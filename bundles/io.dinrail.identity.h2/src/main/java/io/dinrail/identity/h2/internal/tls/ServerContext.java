package io.dinrail.identity.h2.internal.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/** Makes the server's side of connections with one certificate; safe for use by many threads. */
final class ServerContext {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    /** With forward secrecy and authenticated encryption, all of them. */
    private static final List<String> STRONG = List.of(
            "TLS_AES_256_GCM_SHA384",
            "TLS_AES_128_GCM_SHA256",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");
    /** Of clients without session tickets only, a few KiB each. */
    private static final int SESSIONS = 5_000;

    private static final Duration SESSION_LIFE = Duration.ofHours(8);

    private final SSLContext context;
    private final String[] suites;

    ServerContext(KeyedChain pair, TrustManager clients) throws GeneralSecurityException, IOException {
        char[] inMemory = new char[0];
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, inMemory);
        store.setKeyEntry("server", pair.key(), inMemory, pair.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, inMemory);
        context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), new TrustManager[] {clients}, null);
        context.getServerSessionContext().setSessionCacheSize(SESSIONS);
        context.getServerSessionContext().setSessionTimeout((int) SESSION_LIFE.toSeconds());
        List<String> supported = List.of(context.getSupportedSSLParameters().getCipherSuites());
        suites = STRONG.stream().filter(supported::contains).toArray(String[]::new);
    }

    SSLEngine engine(boolean asksForCertificate) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters strong = engine.getSSLParameters();
        strong.setProtocols(PROTOCOLS);
        strong.setCipherSuites(suites);
        strong.setUseCipherSuitesOrder(true);
        strong.setWantClientAuth(asksForCertificate);
        engine.setSSLParameters(strong);
        return engine;
    }
}
