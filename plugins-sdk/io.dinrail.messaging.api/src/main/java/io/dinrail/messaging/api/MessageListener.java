package io.dinrail.messaging.api;

import java.time.Instant;
import org.osgi.annotation.versioning.ConsumerType;

/** Hears messages that clients of the default organisation publish: register it as a service with the property {@link #FILTER}. */
@ConsumerType
public interface MessageListener {
    /** Service property, text or texts: MQTT filters of the topics to hear. A message that several of them match is heard once. */
    String FILTER = "dinrail.filter";

    /**
     * Hears one message that the broker has taken from a client. Called in the client's order, on the broker's thread: offers it to a bounded queue of its
     * own and returns at once. What it throws is logged and counted against the listener.
     *
     * @param message as published.
     * @param sender the login name of the client that published it.
     * @param at when the broker received it, in UTC.
     */
    void heard(Message message, String sender, Instant at);
}
