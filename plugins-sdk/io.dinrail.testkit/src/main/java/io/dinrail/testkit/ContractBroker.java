package io.dinrail.testkit;

import io.dinrail.messaging.api.MessageBroker;
import io.dinrail.messaging.api.MessageListener;
import java.net.InetSocketAddress;

/**
 * A broker that the messaging contract's tests speak with. It admits {@code press-1}, {@code press-2} and {@code press-3}, each with the client id of the same
 * name, and lets them publish and subscribe under {@code telemetry/} and {@code commands/} with their name; a session keeps at most 100 messages.
 */
public interface ContractBroker extends AutoCloseable {
    /** @return the broker as the platform's bundles see it. */
    MessageBroker broker();

    /** @return where it speaks MQTT without TLS. */
    InetSocketAddress address();

    /**
     * Says how somebody proves who he is.
     *
     * @param login one of the three.
     * @return the password.
     */
    String password(String login);

    /**
     * Adds a listener, as the platform does when one is registered as a service.
     *
     * @param listener who is to hear.
     * @param filters of topics.
     */
    void listen(MessageListener listener, String... filters);

    /**
     * Removes a listener.
     *
     * @param listener who is to hear no more.
     */
    void forget(MessageListener listener);

    /** Stops as it is stopped when its bundle is. */
    @Override
    void close();
}
