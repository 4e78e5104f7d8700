package io.dinrail.broker.moquette.internal;

import io.dinrail.messaging.api.Message;
import io.dinrail.messaging.api.MessageListener;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The platform's own listeners; safe for use by many threads. */
final class Audience {
    private final Map<MessageListener, List<String>> listeners = new ConcurrentHashMap<>();
    private final Losses losses;

    Audience(Losses losses) {
        this.losses = losses;
    }

    void add(MessageListener listener, Object filters) {
        listeners.put(listener, texts(filters));
    }

    void remove(MessageListener listener) {
        listeners.remove(listener);
    }

    /** @return whether anybody listens on a topic, so that nothing is copied for nobody. */
    boolean listensTo(String topic) {
        return listeners.values().stream().anyMatch(filters -> matches(filters, topic));
    }

    void tell(Message message, String sender, Instant at) {
        listeners.forEach((listener, filters) -> {
            if (matches(filters, message.topic())) {
                tell(listener, message, sender, at);
            }
        });
    }

    private void tell(MessageListener listener, Message message, String sender, Instant at) {
        try {
            listener.heard(message, sender, at);
        } catch (RuntimeException | LinkageError e) {
            String name = listener.getClass().getName();
            losses.count("listener.failed", name, "a listener could not take a message on " + message.topic(), e);
        }
    }

    private static boolean matches(List<String> filters, String topic) {
        return filters.stream().anyMatch(filter -> TopicNames.matches(filter, topic));
    }

    private static List<String> texts(Object filters) {
        if (filters instanceof String one) {
            return List.of(one);
        }
        if (filters instanceof String[] many) {
            return List.of(many);
        }
        if (filters instanceof Iterable<?> many) {
            List<String> texts = new ArrayList<>();
            many.forEach(filter -> texts.add(String.valueOf(filter)));
            return List.copyOf(texts);
        }
        return List.of();
    }
}
