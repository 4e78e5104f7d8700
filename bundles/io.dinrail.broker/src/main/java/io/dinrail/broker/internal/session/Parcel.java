package io.dinrail.broker.internal.session;

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
    final Publication publication;
    final Manner manner;
    /** Whether it may have left before, on this connection or an earlier one. */
    boolean again;

    Stage stage = Stage.WAITING;

    Parcel(long order, Publication publication, Manner manner) {
        this.order = order;
        this.publication = publication;
        this.manner = manner;
    }

    int packetId() {
        return packetId(order);
    }

    static int packetId(long order) {
        return (int) (order % IDS) + 1;
    }

    /** Whether two places would have the same packet id, or might in between. */
    static boolean tooFar(long order, long oldest) {
        return order - oldest >= IDS;
    }
}
