package io.dinrail.connector.modbus.internal.wire;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts a device whose own certificate stands in the file, whatever name is in it, for devices sign their own; any other must come from a CA in the
 * file and name the host that was dialled. Ended certificates are never trusted.
 */
final class DeviceTrust extends X509ExtendedTrustManager {
    private final List<X509Certificate> trusted;
    private final String host;
    private final X509ExtendedTrustManager authorities;

    DeviceTrust(List<X509Certificate> trusted, String host) throws GeneralSecurityException, IOException {
        this.trusted = trusted;
        this.host = host;
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < trusted.size(); i++) {
            store.setCertificateEntry("trusted-" + i, trusted.get(i));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        this.authorities = extended(factory);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        if (isPinned(chain)) {
            return;
        }
        // looks at the name too, for the socket says that it is to be looked at
        authorities.checkServerTrusted(chain, authType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("without a connection to " + host + " nobody is trusted");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("nobody is served here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return trusted.toArray(new X509Certificate[0]);
    }

    private boolean isPinned(X509Certificate[] chain) throws CertificateException {
        if (!trusted.contains(chain[0])) {
            return false;
        }
        chain[0].checkValidity();
        return true;
    }

    private static X509ExtendedTrustManager extended(TrustManagerFactory factory) {
        Collection<TrustManager> all = List.of(factory.getTrustManagers());
        return all.stream()
                .filter(X509ExtendedTrustManager.class::isInstance)
                .map(X509ExtendedTrustManager.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
