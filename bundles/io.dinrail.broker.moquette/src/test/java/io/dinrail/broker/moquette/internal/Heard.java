package io.dinrail.broker.moquette.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dinrail.messaging.api.Message;
import io.dinrail.messaging.api.MessageListener;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A listener that remembers. */
final class Heard implements MessageListener {
    private final List<String> texts = new CopyOnWriteArrayList<>();

    @Override
    public void heard(Message message, String sender, Instant at) {
        texts.add(sender + " " + message.topic() + " " + new String(message.payload(), UTF_8));
    }

    List<String> texts() {
        return List.copyOf(texts);
    }
}
