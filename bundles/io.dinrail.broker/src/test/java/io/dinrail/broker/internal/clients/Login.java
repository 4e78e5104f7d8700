package io.dinrail.broker.internal.clients;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * How a client comes.
 *
 * @param kept whether its session stays when it goes, and is asked for when it comes.
 */
record Login(InetSocketAddress server, String id, boolean kept, Optional<Said> will) {
    /** How long a session stays, in seconds. */
    static final long EXPIRY = 600;

    static Login brief(InetSocketAddress server, String id) {
        return new Login(server, id, false, Optional.empty());
    }

    static Login kept(InetSocketAddress server, String id) {
        return new Login(server, id, true, Optional.empty());
    }

    Login withWill(Said said) {
        return new Login(server, id, kept, Optional.of(said));
    }

    String uri() {
        return "tcp://" + server.getHostString() + ":" + server.getPort();
    }
}
