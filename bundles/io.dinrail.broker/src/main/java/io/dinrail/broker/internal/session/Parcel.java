package io.dinrail.broker.internal.session;

import io.dinrail.broker.internal.protocol.Qos;
import org.jspecify.annotations.Nullable;

/** A message of QoS 1 or 2 in the hands of one connection; used on its lane only. */
final class Parcel {
    /** How far its delivery is. */
    enum Stage {
        WAITING,
        /** PUBLISH left. */
        PUBLISHED,
        /** PUBREC came, and that is being stored. */
        RECEIVED,
        /** PUBREL left. */
        RELEASED,
        DONE
    }

    /** What is kept with an entry of the queue whose PUBREC came. */
    static final long RELEASED_MARK = 1;

    private static final int IDS = 0xFFFF;

    final long order;
    final int bytes;
    final Manner manner;
    /** Whether it may have left before, on this connection or an earlier one. */
    boolean again;
    /** Whether that is only a guess, as a restart makes it. */
    boolean guessed;

    Stage stage = Stage.WAITING;
    private @Nullable Publication publication;

    Parcel(long order, Publication publication, Manner manner) {
        this.order = order;
        this.publication = publication;
        this.bytes = publication.bytes();
        this.manner = manner;
    }

    int packetId() {
        return packetId(order);
    }

    Publication publication() {
        if (publication == null) {
            throw new IllegalStateException("the message at place " + order + " has left already");
        }
        return publication;
    }

    /** It has left, and should it have to leave again, the next connection reads it from the store. */
    void letGo() {
        publication = null;
    }

    /** Whether its own time may still end it: not when it has begun to go, nor when an exchange of QoS 2 may have begun [MQTT-3.3.2-5]. */
    boolean mayExpire() {
        return !again || guessed && manner.qos() == Qos.AT_LEAST_ONCE;
    }

    static int packetId(long order) {
        return (int) (order % IDS) + 1;
    }

    /** Whether two places would have the same packet id, or might in between. */
    static boolean tooFar(long order, long oldest) {
        return order - oldest >= IDS;
    }
}
