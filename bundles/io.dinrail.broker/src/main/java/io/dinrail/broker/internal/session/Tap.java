package io.dinrail.broker.internal.session;

import io.dinrail.messaging.api.Message;
import java.time.Instant;

/** The listeners inside the platform; safe for use by many threads, returns at once. */
public interface Tap {
    /**
     * Asks before a message is made for it.
     *
     * @param topic of the message.
     * @return whether somebody listens.
     */
    boolean listensTo(String topic);

    /**
     * Tells a message that the broker has taken.
     *
     * @param message as published.
     * @param sender the login name of the client.
     * @param at when it was received.
     */
    void tell(Message message, String sender, Instant at);
}
