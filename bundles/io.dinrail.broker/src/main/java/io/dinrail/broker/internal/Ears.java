package io.dinrail.broker.internal;

import io.dinrail.broker.front.Audience;
import io.dinrail.broker.internal.session.Tap;
import io.dinrail.messaging.api.Message;
import java.time.Instant;

/**
 * The platform's listeners, as the sessions tell them.
 *
 * @param audience all of them.
 */
record Ears(Audience audience) implements Tap {
    @Override
    public boolean listensTo(String topic) {
        return audience.listensTo(topic);
    }

    @Override
    public void tell(Message message, String sender, Instant at) {
        audience.tell(message, sender, at);
    }
}
