package io.dinrail.boot.internal;

import java.net.InetSocketAddress;
import org.apache.sshd.common.session.Session;

/** Where somebody comes from. */
final class Addresses {
    private Addresses() {}

    /** @return the IP address without port and zone. */
    static String of(Session session) {
        return session.getIoSession() != null
                        && session.getIoSession().getRemoteAddress() instanceof InetSocketAddress remote
                        && remote.getAddress() != null
                ? remote.getAddress().getHostAddress().split("%", 2)[0]
                : "unknown";
    }
}
