package io.dinrail.connector.modbus.internal.wire;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketOption;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Connects to a host and port; dialled anew each time, so that a host that moved is found. */
final class TcpDialer implements Dialer {
    /** Seconds of silence, seconds between two knocks, knocks without an echo: a peer that vanished is noticed after a minute and a half. */
    private static final Map<String, Integer> KEEP_ALIVE =
            Map.of("TCP_KEEPIDLE", 60, "TCP_KEEPINTERVAL", 10, "TCP_KEEPCOUNT", 3);

    private final String host;
    private final int port;
    private final Duration timeout;
    private final boolean keepAlive;
    private final Optional<TlsFiles> tls;

    TcpDialer(String host, int port, Duration timeout, boolean keepAlive, Optional<TlsFiles> tls) {
        this.host = host;
        this.port = port;
        this.timeout = timeout;
        this.keepAlive = keepAlive;
        this.tls = tls;
    }

    @Override
    public Line dial() throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            keepAlive(socket);
            connect(socket);
            return new SocketLine(tls.isPresent() ? tls.get().secure(socket, host, port, timeout) : socket);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    @Override
    public boolean helpsToRedial() {
        return true;
    }

    private void connect(Socket socket) throws IOException {
        try {
            socket.connect(new InetSocketAddress(InetAddress.getByName(host), port), (int) timeout.toMillis());
        } catch (UnknownHostException e) {
            throw new DialException("no address is known for this host", e);
        } catch (SocketTimeoutException e) {
            throw new DialException("no answer within " + timeout.toMillis() + " ms", e);
        } catch (ConnectException e) {
            throw new DialException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new DialException(e.toString(), e);
        }
    }

    private void keepAlive(Socket socket) throws IOException {
        if (!keepAlive) {
            return;
        }
        socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        for (SocketOption<?> option : socket.supportedOptions()) {
            // known by name: their class belongs to a module that not every framework exports
            Integer value = KEEP_ALIVE.get(option.name());
            if (value != null && option.type() == Integer.class) {
                @SuppressWarnings("unchecked")
                SocketOption<Integer> number = (SocketOption<Integer>) option;
                socket.setOption(number, value);
            }
        }
    }
}
