package io.dinrail.broker.internal.transport;

import java.net.InetSocketAddress;

/**
 * A listener that was asked for.
 *
 * @param name {@code mqtt}, {@code mqtts}, {@code ws} or {@code wss}.
 * @param address where; port 0 takes any.
 * @param tls whether with TLS.
 * @param webSocket whether MQTT comes in frames of a WebSocket.
 * @param proxied whether each connection begins with a header of the PROXY protocol.
 * @param variable what moves it to another port.
 */
public record Listener(
        String name, InetSocketAddress address, boolean tls, boolean webSocket, boolean proxied, String variable) {
    String place() {
        return "port " + address.getPort() + " on " + address.getHostString();
    }
}
