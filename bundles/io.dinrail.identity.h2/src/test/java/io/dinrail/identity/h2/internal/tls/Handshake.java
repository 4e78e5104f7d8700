package io.dinrail.identity.h2.internal.tls;

import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Lets two engines shake hands without a network. What the server throws is thrown. */
final class Handshake {
    private static final int ROUNDS = 200;

    private Handshake() {}

    /** A client's engine that trusts some CAs, checks the host's name and may have a certificate. */
    static SSLEngine client(List<X509Certificate> trusted, String host, Optional<KeyedChain> own) throws Exception {
        return engine(trusting(trusted), own, host);
    }

    static SSLEngine client(Path ca) throws Exception {
        return client(Pem.certificates(Files.readString(ca)), "localhost", Optional.empty());
    }

    static SSLEngine client(Path ca, KeyedChain own) throws Exception {
        return client(Pem.certificates(Files.readString(ca)), "localhost", Optional.of(own));
    }

    /** A client's engine that takes any server, also one whose certificate is not good yet. */
    static SSLEngine clientOfAnything() throws Exception {
        return engine(new TrustManager[] {new Trusting()}, Optional.empty(), "localhost");
    }

    static SSLEngine clientOfAnything(KeyedChain own) throws Exception {
        return engine(new TrustManager[] {new Trusting()}, Optional.of(own), "localhost");
    }

    private static TrustManager[] trusting(List<X509Certificate> trusted) throws Exception {
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        for (int i = 0; i < trusted.size(); i++) {
            anchors.setCertificateEntry("ca" + i, trusted.get(i));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(anchors);
        return trust.getTrustManagers();
    }

    private static SSLEngine engine(TrustManager[] trust, Optional<KeyedChain> own, String host) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.map(pair -> new KeyManager[] {new Stubborn(pair)}).orElse(null), trust, null);
        SSLEngine engine = context.createSSLEngine(host, 8883);
        engine.setUseClientMode(true);
        SSLParameters checked = engine.getSSLParameters();
        checked.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(checked);
        return engine;
    }

    /** @return the server's session. */
    static SSLSession of(SSLEngine server, SSLEngine client) throws SSLException {
        ByteBuffer toClient = ByteBuffer.allocate(1 << 18);
        ByteBuffer toServer = ByteBuffer.allocate(1 << 18);
        client.beginHandshake();
        for (int i = 0; i < ROUNDS; i++) {
            step(client, toClient, toServer);
            step(server, toServer, toClient);
        }
        if (client.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING
                || server.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
            throw new SSLException("the handshake hangs");
        }
        return server.getSession();
    }

    private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        ByteBuffer ignored = ByteBuffer.allocate(1 << 15);
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
        HandshakeStatus status = engine.getHandshakeStatus();
        if (status == HandshakeStatus.NEED_WRAP) {
            engine.wrap(ByteBuffer.allocate(0), out);
        } else if (in.position() > 0) {
            in.flip();
            engine.unwrap(in, ignored);
            in.compact();
        }
    }

    private static final class Trusting extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** Presents its certificate whatever the server asks for. */
    private static final class Stubborn extends X509ExtendedKeyManager {
        private final KeyedChain own;

        Stubborn(KeyedChain own) {
            this.own = own;
        }

        @Override
        public String chooseEngineClientAlias(String[] types, Principal[] issuers, SSLEngine engine) {
            return "own";
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return own.chain().toArray(X509Certificate[]::new);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return own.key();
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return new String[] {"own"};
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return "own";
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            throw new UnsupportedOperationException();
        }
    }
}
