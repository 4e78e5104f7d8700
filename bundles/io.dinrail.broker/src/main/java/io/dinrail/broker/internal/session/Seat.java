package io.dinrail.broker.internal.session;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The place of one client id: whoever claims it makes the holder before it leave first, so that sessions change hands one after the other, whatever lanes
 * they are on. Entered and left under the lock of {@link Realm}; the session is for the holder.
 */
final class Seat {
    private final String clientId;
    private final String owner;
    private @Nullable Claim holder;
    private volatile @Nullable Session session;

    Seat(String clientId, String owner) {
        this.clientId = clientId;
        this.owner = owner;
    }

    String clientId() {
        return clientId;
    }

    String owner() {
        return owner;
    }

    /** Answers who held it before. */
    Optional<Claim> enter(Claim claim) {
        Optional<Claim> before = Optional.ofNullable(holder);
        holder = claim;
        return before;
    }

    boolean isFree() {
        return holder == null;
    }

    /** Answers whether nobody needs the seat any more. */
    boolean leave(Claim claim) {
        if (holder == claim) {
            holder = null;
        }
        return holder == null && session == null;
    }

    /** Safe from any thread; what it shows may be past the next moment. */
    Optional<Session> session() {
        return Optional.ofNullable(session);
    }

    void session(Session fresh) {
        session = fresh;
    }

    void clear() {
        session = null;
    }
}
