package io.dinrail.broker.internal.link;

/** Takes new connections. */
@FunctionalInterface
public interface LinkAcceptor {
    /**
     * Begins to serve a connection that has passed the limits and, if it has TLS, its handshake; called on its loop.
     *
     * @param link the connection.
     * @return what is done with it.
     */
    LinkHandler accept(Link link);
}
