package io.dinrail.broker.internal.link;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * Who is at the other end of a connection.
 *
 * @param address where it comes from; what the PROXY protocol says, where that is trusted.
 * @param listener the name of the listener: {@code mqtt}, {@code mqtts}, {@code ws} or {@code wss}.
 * @param encrypted whether it is encrypted.
 * @param certificate the client's certificate, if it presented one that is trusted.
 * @param local whether it comes, by no proxy, from this machine through a listener that is not encrypted.
 */
public record Peer(
        InetSocketAddress address,
        String listener,
        boolean encrypted,
        Optional<X509Certificate> certificate,
        boolean local) {
    /**
     * Gives the address as identity and people take it.
     *
     * @return an IP address without zone and port; empty if it isn't known.
     */
    public String host() {
        if (address.getAddress() == null) {
            return "";
        }
        String text = address.getAddress().getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }
}
