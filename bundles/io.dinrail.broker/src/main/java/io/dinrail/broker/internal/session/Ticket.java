package io.dinrail.broker.internal.session;

import io.dinrail.broker.internal.protocol.Packet;
import io.dinrail.broker.internal.store.StoreException;

/** An answer that leaves in its turn, when what it promises is stored; used on its connection's lane only. */
class Ticket {
    private final Connection connection;
    private Packet answer;
    private boolean ready;

    Ticket(Connection connection, Packet answer) {
        this.connection = connection;
        this.answer = answer;
    }

    final Connection connection() {
        return connection;
    }

    final Packet answer() {
        return answer;
    }

    final boolean isReady() {
        return ready;
    }

    /** What it promises is stored. */
    final void keep() {
        ready = true;
        kept();
        connection.answers();
    }

    /** It can't be stored. */
    final void refuse(StoreException why) {
        ready = true;
        answer = refused(why);
        connection.answers();
    }

    /** What is to be done before the answer leaves. */
    void kept() {}

    /** What is to be done behind the answer. */
    void left() {}

    /** Undoes what was done in advance, and gives the answer instead. */
    Packet refused(StoreException why) {
        connection.storeRefuses(why);
        return answer;
    }
}
