package io.dinrail.broker.internal.session;

import io.dinrail.broker.internal.protocol.Qos;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds who gets a message, each session once: one whose filters overlap gets it at the highest of their QoS, with all their identifiers [MQTT-3.3.4-2,
 * MQTT-3.3.4-4]. Used by one lane, for one message after the other.
 */
final class Hits {
    /** Gets what was found. */
    @FunctionalInterface
    interface Receiver {
        void receives(Session session, Publication publication, Manner manner);
    }

    private final Receiver receiver;
    private final Map<Session, Manner> merged = new LinkedHashMap<>();
    private @Nullable Publication publication;
    private @Nullable Session from;

    Hits(Receiver receiver) {
        this.receiver = receiver;
    }

    void route(Publication message, Realm realm, @Nullable Session sender) {
        publication = message;
        from = sender;
        realm.index().match(message.topic().text(), this::hit);
        if (!merged.isEmpty()) {
            merged.forEach((session, manner) -> receiver.receives(session, message, manner));
            merged.clear();
        }
    }

    private void hit(Session session, long wish) {
        Publication message = publication;
        if (message == null || session == from && Wish.noLocal(wish)) {
            return;
        }
        Qos qos = message.qos().atMost(Wish.qos(wish));
        boolean retain = message.retain() && Wish.asPublished(wish);
        int identifier = Wish.identifier(wish);
        if (session.mayOverlap()) {
            Manner manner = identifier == 0 ? Manner.plain(qos, retain) : identified(qos, retain, List.of(identifier));
            merged.merge(session, manner, Hits::both);
        } else if (identifier == 0) {
            receiver.receives(session, message, Manner.plain(qos, retain));
        } else {
            receiver.receives(session, message, identified(qos, retain, List.of(identifier)));
        }
    }

    private static Manner identified(Qos qos, boolean retain, List<Integer> identifiers) {
        return new Manner(qos, retain, identifiers, Optional.empty());
    }

    private static Manner both(Manner one, Manner other) {
        List<Integer> identifiers = new ArrayList<>(one.identifiers());
        identifiers.addAll(other.identifiers());
        Qos qos = one.qos().ordinal() >= other.qos().ordinal() ? one.qos() : other.qos();
        return new Manner(qos, one.retain() || other.retain(), List.copyOf(identifiers), Optional.empty());
    }
}
