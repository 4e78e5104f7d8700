package io.dinrail.broker.internal.session;

import io.dinrail.broker.internal.protocol.Qos;
import io.dinrail.broker.internal.routing.RetainedVisit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Gives a client the retained messages of what it subscribed to, no faster than it takes them. Used on its connection's lane only. */
final class RetainedFeed {
    private static final int STEPS = 512;
    private static final int AHEAD = 128;

    /** One subscription that is being served. */
    private record Course(RetainedVisit<Publication> visit, String filter, long wish) {}

    private final Connection connection;
    private final Session session;
    private final Broker broker;
    private final Deque<Course> courses = new ArrayDeque<>(0);
    private boolean called;

    RetainedFeed(Connection connection, Session session, Broker broker) {
        this.connection = connection;
        this.session = session;
        this.broker = broker;
    }

    void serve(String filter, long wish) {
        courses.add(new Course(session.realm().retained().visit(filter), filter, wish));
        advance();
    }

    /** Goes on when there is room; others get their turn in between. */
    void advance() {
        if (called || courses.isEmpty() || !connection.isOpen() || !hasRoom()) {
            return;
        }
        Course course = courses.getFirst();
        if (!course.visit().advance(STEPS, publication -> give(publication, course))) {
            courses.removeFirst();
        }
        if (!courses.isEmpty() && hasRoom()) {
            called = true;
            connection.lane().post(() -> {
                called = false;
                advance();
            });
        }
    }

    private boolean hasRoom() {
        return connection.press().isWritable()
                && connection.outflow().waiting() < AHEAD
                && (!session.isKept() || session.queued() < AHEAD * 2);
    }

    private boolean give(Publication publication, Course course) {
        if (publication.isExpired(broker.now())) {
            // The store forgets it when the topic gets another, or at the next start.
            session.realm().retained().remove(publication.topic().text(), publication);
            broker.counters().expired.increment();
            return true;
        }
        int identifier = Wish.identifier(course.wish());
        Qos qos = publication.qos().atMost(Wish.qos(course.wish()));
        Manner manner = new Manner(qos, true, identifier == 0 ? List.of() : List.of(identifier), Optional.empty());
        if (connection.mayReceive(publication.topic().text())) {
            connection.lane().desk().sendStored(session, publication, manner);
        }
        return hasRoom();
    }
}
