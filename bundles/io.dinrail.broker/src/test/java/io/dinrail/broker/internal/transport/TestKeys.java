package io.dinrail.broker.internal.transport;

import io.dinrail.identity.api.ServerKeys;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate for 127.0.0.1 that signs itself, and what trusts it. */
public final class TestKeys implements ServerKeys {
    private static final char[] NO_PASSWORD = new char[0];

    private final SSLContext server = SSLContext.getInstance("TLS");
    private final KeyManagerFactory clientKeys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    private final TrustManagerFactory trust =
            TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());

    public static TestKeys make() {
        try {
            return new TestKeys();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private TestKeys() throws Exception {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", identify("CN=test", managers));
        trusted.setCertificateEntry("client", identify("CN=press-1", clientKeys));
        trust.init(trusted);
        server.init(managers.getKeyManagers(), trust.getTrustManagers(), null);
    }

    private static X509Certificate identify(String name, KeyManagerFactory managers) throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("EC").generateKeyPair();
        X509Certificate certificate = certificate(keys, name);
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry("own", keys.getPrivate(), NO_PASSWORD, new X509Certificate[] {certificate});
        managers.init(own, NO_PASSWORD);
        return certificate;
    }

    private static X509Certificate certificate(KeyPair keys, String subject) throws Exception {
        X500Principal name = new X500Principal(subject);
        Instant now = Instant.now();
        var builder = new JcaX509v3CertificateBuilder(
                name,
                BigInteger.ONE,
                Date.from(now.minus(Duration.ofHours(1))),
                Date.from(now.plus(Duration.ofHours(1))),
                name,
                keys.getPublic());
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    }

    public TrustManagerFactory trust() {
        return trust;
    }

    /** What a client has that trusts the server, with the device press-1's own certificate or without any. */
    public SSLContext client(boolean withCertificate) throws GeneralSecurityException {
        SSLContext client = SSLContext.getInstance("TLS");
        client.init(withCertificate ? clientKeys.getKeyManagers() : null, trust.getTrustManagers(), null);
        return client;
    }

    /** What a client has whose certificate has a name that is known, and a key that isn't. */
    SSLContext stranger() throws Exception {
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        identify("CN=press-1", own); // only what the server says it knows is sent
        SSLContext client = SSLContext.getInstance("TLS");
        client.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return client;
    }

    @Override
    public SSLEngine engine(boolean asksForCertificate) {
        SSLEngine engine = server.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setWantClientAuth(asksForCertificate);
        return engine;
    }

    @Override
    public Path caCertificate() {
        return Path.of("unused");
    }

    @Override
    public Instant expiresAt() {
        return Instant.MAX;
    }

    @Override
    public List<String> names() {
        return List.of("127.0.0.1");
    }
}
