package io.dinrail.connector.modbus.internal.wire;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whom to trust and who we are, in PEM files. They are read at each connection, so that a renewed certificate is used without a restart.
 *
 * @param trust certificates of CAs, or of devices themselves.
 * @param own our certificate and its key; empty if the device wants none.
 */
public record TlsFiles(Path trust, Optional<Own> own) {
    private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    /**
     * Who we are.
     *
     * @param certificate ours, then those of the CAs between it and the root.
     * @param key its private key, PKCS #8 without a password.
     */
    public record Own(Path certificate, Path key) {}

    /** @throws IOException if the files are of no use, with the file in the message. */
    public void check() throws IOException {
        context(Optional.empty());
    }

    /** Speaks TLS over a connected socket and looks at the device's certificate. */
    Socket secure(Socket socket, String host, int port, Duration timeout) throws IOException {
        SSLContext context = context(Optional.of(host));
        socket.setSoTimeout((int) timeout.toMillis());
        SSLSocket secured = (SSLSocket) context.getSocketFactory().createSocket(socket, host, port, true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setProtocols(PROTOCOLS.toArray(new String[0]));
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        try {
            secured.startHandshake();
            return secured;
        } catch (SocketTimeoutException e) {
            throw new DialException("no TLS handshake within " + timeout.toMillis() + " ms", e);
        } catch (SSLException e) {
            throw new DialException("TLS failed: " + innermost(e), e);
        }
    }

    private SSLContext context(Optional<String> host) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            TrustManager[] trusts = {new DeviceTrust(Pem.certificates(trust), host.orElse(""))};
            context.init(own.isPresent() ? keys(own.get()) : null, trusts, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new DialException("the TLS files are of no use: " + e.getMessage(), e);
        }
    }

    private static KeyManager[] keys(Own own) throws IOException, GeneralSecurityException {
        List<X509Certificate> chain = Pem.certificates(own.certificate());
        PrivateKey key = Pem.key(own.key());
        char[] none = new char[0];
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", key, none, chain.toArray(new X509Certificate[0]));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, none);
        return factory.getKeyManagers();
    }

    private static @Nullable String innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage();
    }
}
