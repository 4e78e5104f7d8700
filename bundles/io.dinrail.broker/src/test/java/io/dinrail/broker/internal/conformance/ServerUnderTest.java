package io.dinrail.broker.internal.conformance;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * The server that the tests talk to. It lets everybody in who gives no user name, and {@code login} with the password {@code secret}; it refuses the client
 * id {@code somebody-elses}, and everything under {@code denied/}.
 */
interface ServerUnderTest extends AutoCloseable {
    /**
     * Says where MQTT is spoken.
     *
     * @return address and port for TCP.
     */
    InetSocketAddress address();

    /**
     * Says where MQTT is spoken over WebSocket.
     *
     * @return address and port, empty if nowhere.
     */
    Optional<InetSocketAddress> webSocket();

    /**
     * Says whether the server is ours to restart.
     *
     * @return whether {@link #restart} works.
     */
    boolean restarts();

    /** Stops the server and starts it with what it has stored, at the same address. */
    void restart();

    @Override
    void close();
}
