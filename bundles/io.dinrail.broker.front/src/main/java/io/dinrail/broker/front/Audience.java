package io.dinrail.broker.front;

import io.dinrail.messaging.api.Message;
import io.dinrail.messaging.api.MessageListener;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The platform's own listeners; safe for use by many threads. What a listener that left would have heard is held for the one that comes with the same
 * filters, because a bundle that is updated is away for a moment: 10,000 messages for 10 s, then they are counted as lost.
 */
public final class Audience {
    private static final int MOST_HELD = 10_000;
    private static final Duration LONGEST_HELD = Duration.ofSeconds(10);

    /** A message that waits for its listener. */
    private record Held(Message message, String sender, Instant at) {}

    /** What waits for a listener with certain filters, and until when. */
    private record Seat(Instant until, Queue<Held> held) {}

    private final Map<MessageListener, List<String>> listeners = new ConcurrentHashMap<>();
    private final Map<List<String>, Seat> seats = new ConcurrentHashMap<>();
    /** Read by who tells, written by who comes and goes, so that what was held is heard before what comes next. */
    private final ReadWriteLock order = new ReentrantReadWriteLock();

    private final Losses losses;
    private final Clock clock;

    /**
     * Begins without listeners.
     *
     * @param losses counts what nobody heard.
     */
    public Audience(Losses losses) {
        this(losses, Clock.systemUTC());
    }

    Audience(Losses losses, Clock clock) {
        this.losses = losses;
        this.clock = clock;
    }

    /**
     * Lets a listener hear, first what was held for it.
     *
     * @param listener hears.
     * @param filters a filter, or several, as the property of its service has them.
     */
    public void add(MessageListener listener, Object filters) {
        List<String> heard = texts(filters);
        order.writeLock().lock();
        try {
            Seat seat = seats.remove(heard);
            if (seat != null) {
                seat.held().forEach(held -> tell(listener, held.message(), held.sender(), held.at()));
            }
            listeners.put(listener, heard);
        } finally {
            order.writeLock().unlock();
        }
    }

    /**
     * Lets a listener go, and holds its place for a while.
     *
     * @param listener doesn't hear any more.
     */
    public void remove(MessageListener listener) {
        order.writeLock().lock();
        try {
            List<String> heard = listeners.remove(listener);
            if (heard != null && !listeners.containsValue(heard)) {
                Seat seat = new Seat(clock.instant().plus(LONGEST_HELD), new ArrayBlockingQueue<>(MOST_HELD));
                seats.putIfAbsent(heard, seat);
            }
        } finally {
            order.writeLock().unlock();
        }
    }

    /**
     * Tells whether anybody listens on a topic, so that nothing is copied for nobody.
     *
     * @param topic without wildcards.
     * @return whether somebody does.
     */
    public boolean listensTo(String topic) {
        return listeners.values().stream().anyMatch(filters -> matches(filters, topic))
                || seats.keySet().stream().anyMatch(filters -> matches(filters, topic));
    }

    /**
     * Tells those who listen.
     *
     * @param message what was said.
     * @param sender the login name.
     * @param at when it came.
     */
    public void tell(Message message, String sender, Instant at) {
        order.readLock().lock();
        try {
            listeners.forEach((listener, filters) -> {
                if (matches(filters, message.topic())) {
                    tell(listener, message, sender, at);
                }
            });
            seats.forEach((filters, seat) -> {
                if (matches(filters, message.topic())) {
                    hold(filters, seat, new Held(message, sender, at));
                }
            });
        } finally {
            order.readLock().unlock();
        }
    }

    private void hold(List<String> filters, Seat seat, Held held) {
        if (clock.instant().isAfter(seat.until())) {
            if (seats.remove(filters, seat)) {
                seat.held().forEach(waited -> lose(filters));
                lose(filters);
            }
        } else if (!seat.held().offer(held)) {
            lose(filters);
        }
    }

    private void lose(List<String> filters) {
        losses.count("listener.away", String.join(" ", filters), "the platform does not listen at the moment");
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
