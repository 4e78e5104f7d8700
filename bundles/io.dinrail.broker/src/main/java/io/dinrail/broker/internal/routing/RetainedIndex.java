package io.dinrail.broker.internal.routing;

import io.dinrail.broker.internal.routing.RetainedNode.Place;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one message a topic. Finding and visiting take no lock; a new message on a known topic costs no more than finding it.
 *
 * @param <M> a retained message, or what is needed to load it; told from others by identity.
 */
public final class RetainedIndex<M> {
    private final Object writing = new Object();
    private final ToLongFunction<? super M> weight;
    private final Bounds bounds;
    private volatile RetainedNode root = RetainedNode.ROOT;
    private volatile int count;
    private volatile long bytes;

    /** Decides whether there is room for more. */
    @FunctionalInterface
    public interface Bounds {
        /** Is asked under the lock of writers, with the totals as they would become, whenever one of them would grow. */
        boolean allow(int count, long bytes);
    }

    /** What became of a message. */
    public enum Outcome {
        ADDED,
        REPLACED,
        /** There was no room; what was there before, if anything, is still there. */
        REFUSED
    }

    /** @param weight the bytes a message counts for, always the same for the same message. */
    public RetainedIndex(ToLongFunction<? super M> weight, Bounds bounds) {
        this.weight = weight;
        this.bounds = bounds;
    }

    /**
     * Keeps a message as the only one of its topic.
     *
     * @throws IllegalArgumentException if the topic has more than 256 levels: route the message without keeping it.
     */
    public Outcome put(String topic, M message) {
        Levels.check(topic);
        synchronized (writing) {
            Place place = root.at(topic);
            int more = place == null ? 1 : 0;
            long heavier = weight.applyAsLong(message) - weigh(place);
            if ((more > 0 || heavier > 0) && !bounds.allow(count + more, bytes + heavier)) {
                return Outcome.REFUSED;
            }
            count += more;
            bytes += heavier;
            if (place == null) {
                root = root.with(topic, 0, new Place(message));
                return Outcome.ADDED;
            }
            place.message = message;
            return Outcome.REPLACED;
        }
    }

    /** Forgets the message of a topic and says whether there was one. */
    public boolean remove(String topic) {
        synchronized (writing) {
            return forget(topic, root.at(topic));
        }
    }

    /** Forgets this very message, as when it expired, and leaves one alone that has taken its place. */
    public boolean remove(String topic, M message) {
        synchronized (writing) {
            Place place = root.at(topic);
            return place != null && place.message == message && forget(topic, place);
        }
    }

    public Optional<M> find(String topic) {
        return Optional.ofNullable(message(root.at(topic)));
    }

    /** Starts a visit of all messages whose topic the filter matches; costs nothing until it goes on. */
    public RetainedVisit<M> visit(String filter) {
        return new RetainedVisit<>(root, filter);
    }

    public int count() {
        return count;
    }

    public long bytes() {
        return bytes;
    }

    /** Whether nothing is left behind of what was removed. */
    boolean isBare() {
        return count == 0 && root.children == null;
    }

    private boolean forget(String topic, @Nullable Place place) {
        if (place == null) {
            return false;
        }
        count--;
        bytes -= weigh(place);
        root = root.with(topic, 0, null);
        // Visits under way still hold the place: they must neither deliver the message nor keep its memory.
        place.message = null;
        return true;
    }

    private long weigh(@Nullable Place place) {
        M message = message(place);
        return message == null ? 0 : weight.applyAsLong(message);
    }

    @SuppressWarnings("unchecked")
    private @Nullable M message(@Nullable Place place) {
        return place == null ? null : (M) place.message;
    }
}
