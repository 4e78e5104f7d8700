package io.dinrail.broker.internal.session;

import io.dinrail.broker.internal.routing.RetainedIndex;
import io.dinrail.broker.internal.routing.SharedGroups;
import io.dinrail.broker.internal.routing.SubscriptionIndex;
import io.dinrail.broker.internal.store.Durability;
import io.dinrail.identity.api.Organisation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** One organisation: topics, client ids and retained messages of two never meet. Safe for use by many threads. */
final class Realm {
    private final String organisation;
    private final BrokerSettings settings;
    private final SubscriptionIndex<Session> index = new SubscriptionIndex<>();
    private final SharedGroups<Session> shares = new SharedGroups<>();
    private final RetainedIndex<Publication> retained = new RetainedIndex<>(Publication::bytes, (count, bytes) -> true);
    private final TopicMeters meters = new TopicMeters();
    private final Map<String, Seat> seats = new ConcurrentHashMap<>();

    Realm(String organisation, BrokerSettings settings) {
        this.organisation = organisation;
        this.settings = settings;
    }

    String organisation() {
        return organisation;
    }

    /** When what is stored for it counts as stored. */
    Durability durability() {
        return settings.durability().of(organisation);
    }

    boolean isDefault() {
        return organisation.equals(Organisation.DEFAULT);
    }

    /** A client id or topic as people see it, where those of all organisations stand in one list. */
    String shown(String name) {
        return isDefault() ? name : name + '@' + organisation;
    }

    /** A client id or topic as it stands in the store: no name has the sign in between. */
    String key(String name) {
        return organisation + '\0' + name;
    }

    TopicMeters meters() {
        return meters;
    }

    SubscriptionIndex<Session> index() {
        return index;
    }

    SharedGroups<Session> shares() {
        return shares;
    }

    RetainedIndex<Publication> retained() {
        return retained;
    }

    /** Bounds are looked at before the store is asked, since what it has taken must be kept. */
    boolean hasRoomFor(Publication publication) {
        Optional<Publication> before = retained.find(publication.topic().text());
        long bytes = retained.bytes()
                + publication.bytes()
                - before.map(Publication::bytes).orElse(0);
        int count = retained.count() + (before.isPresent() ? 0 : 1);
        return (settings.retainedMessages() == 0 || count <= settings.retainedMessages())
                && (settings.retainedBytes() == 0 || bytes <= settings.retainedBytes());
    }

    void keep(Publication publication) {
        retained.put(publication.topic().text(), publication);
    }

    /**
     * Claims the seat of a client id; the claim is told when it may proceed.
     *
     * @param owner whose session it is or will be.
     * @return the seat, or empty if it belongs to somebody else.
     */
    Optional<Seat> claim(String clientId, String owner, Claim claim) {
        List<Claim> before = new ArrayList<>(1);
        Seat seat = seats.compute(clientId, (id, known) -> {
            Seat place = known == null ? new Seat(id, owner) : known;
            if (place.owner().equals(owner)) {
                place.enter(claim).ifPresent(before::add);
            }
            return place;
        });
        if (!seat.owner().equals(owner)) {
            return Optional.empty();
        }
        if (before.isEmpty()) {
            claim.proceed();
        } else {
            before.get(0).yield(claim);
        }
        return Optional.of(seat);
    }

    /** Claims the seat of a session that nobody holds; nothing happens if somebody does, or if it has another session now. */
    void claimIfFree(Session session, Claim claim) {
        boolean[] free = {false};
        seats.computeIfPresent(session.clientId(), (id, place) -> {
            free[0] = place.isFree() && place.session().filter(session::equals).isPresent();
            if (free[0]) {
                place.enter(claim);
            }
            return place;
        });
        if (free[0]) {
            claim.proceed();
        }
    }

    void leave(Seat seat, Claim claim) {
        seats.computeIfPresent(seat.clientId(), (id, place) -> place == seat && place.leave(claim) ? null : place);
    }

    /** Puts a session that a restart found where it belongs. */
    Seat restored(String clientId, String owner) {
        Seat seat = new Seat(clientId, owner);
        seats.put(clientId, seat);
        return seat;
    }

    Optional<Seat> seat(String clientId) {
        return Optional.ofNullable(seats.get(clientId));
    }

    Collection<Seat> seats() {
        return seats.values();
    }

    /** Takes a session's subscriptions out of the routing. */
    void forget(Session session) {
        List.copyOf(session.wishes().keySet()).forEach(filter -> unsubscribe(session, filter));
    }

    /** Answers whether it is a new subscription. */
    boolean subscribe(Session session, String filter, long wish) {
        boolean isNew;
        synchronized (session.wishes()) {
            isNew = session.wishes().put(filter, wish) == null;
        }
        session.wishesChanged();
        if (isShared(filter)) {
            shares.add(shareName(filter), inner(filter), session, wish);
        } else {
            index.add(filter, session, wish);
        }
        return isNew;
    }

    /** Answers whether there was one. */
    boolean unsubscribe(Session session, String filter) {
        synchronized (session.wishes()) {
            if (session.wishes().remove(filter) == null) {
                return false;
            }
        }
        if (isShared(filter)) {
            shares.remove(shareName(filter), inner(filter), session);
        } else {
            index.remove(filter, session);
        }
        session.wishesChanged();
        return true;
    }

    static boolean isShared(String filter) {
        return filter.startsWith("$share/");
    }

    /** The filter without the name of a shared group. */
    static String inner(String filter) {
        return isShared(filter) ? filter.substring(filter.indexOf('/', "$share/".length()) + 1) : filter;
    }

    private static String shareName(String filter) {
        return filter.substring("$share/".length(), filter.indexOf('/', "$share/".length()));
    }
}
