package io.dinrail.broker.internal.conformance;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * A server that somebody else started: {@code -Dconformance.server=host:port}, and {@code -Dconformance.websocket=host:port} if it has that. With another
 * engine than ours the tests themselves are tested.
 */
record OutsideServer(InetSocketAddress address, Optional<InetSocketAddress> webSocket) implements ServerUnderTest {
    static Optional<ServerUnderTest> named() {
        return property("conformance.server")
                .map(address -> new OutsideServer(address, property("conformance.websocket")));
    }

    private static Optional<InetSocketAddress> property(String name) {
        return Optional.ofNullable(System.getProperty(name))
                .filter(value -> !value.isEmpty())
                .map(value -> {
                    String[] parts = value.split(":", 2);
                    return new InetSocketAddress(parts[0], Integer.parseInt(parts[1]));
                });
    }

    @Override
    public boolean restarts() {
        return false;
    }

    @Override
    public void restart() {
        throw new UnsupportedOperationException("not ours");
    }

    @Override
    public void close() {}
}
