package io.dinrail.connector.modbus.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** TLS in front of a Modbus TCP server, for clients that show a certificate of a CA. */
final class TlsFront implements AutoCloseable {
    private final SSLServerSocket server;
    private final int behind;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    TlsFront(Certificates own, X509Certificate clients, int behind) throws IOException, GeneralSecurityException {
        this.behind = behind;
        server = (SSLServerSocket) context(own, clients)
                .getServerSocketFactory()
                .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        server.setNeedClientAuth(true);
        start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                SSLSocket socket = (SSLSocket) server.accept();
                Socket plain = new Socket(InetAddress.getLoopbackAddress(), behind);
                sockets.addAll(List.of(socket, plain));
                start(() -> pass(socket, plain));
                start(() -> pass(plain, socket));
            }
        } catch (IOException e) {
            // closed by the test
        }
    }

    private static void pass(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException e) {
            // either side went away, or is not trusted
        }
    }

    private static SSLContext context(Certificates own, X509Certificate clients)
            throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("own", own.keys().getPrivate(), new char[0], new X509Certificate[] {own.certificate()});
        KeyManagerFactory ours = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        ours.init(keys, new char[0]);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("clients", clients);
        TrustManagerFactory theirs = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        theirs.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(ours.getKeyManagers(), theirs.getTrustManagers(), null);
        return context;
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "test-tls");
        thread.setDaemon(true);
        thread.start();
    }
}
