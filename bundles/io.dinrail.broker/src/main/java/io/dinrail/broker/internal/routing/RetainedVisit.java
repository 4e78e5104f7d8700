package io.dinrail.broker.internal.routing;

import io.dinrail.broker.internal.routing.HashTrie.Branch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A visit of retained messages that goes on when its caller wants. It sees the topics that were there when it started, each once, with the message
 * that is there when it comes by; what was removed by then it passes over. For one thread at a time.
 */
public final class RetainedVisit<M> {
    /** In place of a position in the filter: a first level that a wildcard leads to, which doesn't lead to the server's own topics. */
    private static final int FIRST = -1;

    private static final int ROOM = 48;

    private final String filter;
    private @Nullable Object[] pending = new Object[ROOM];
    private int[] froms = new int[ROOM];
    private int size;

    /** Is told of each message. */
    @FunctionalInterface
    public interface Visitor<M> {
        /** Whether to go on; false pauses after this message. */
        boolean visit(M message);
    }

    RetainedVisit(RetainedNode root, String filter) {
        this.filter = filter;
        boolean isWild = filter.startsWith(Levels.ONE) || filter.startsWith(Levels.REST);
        push(isWild ? root.children : root, isWild ? FIRST : 0);
    }

    /**
     * Goes on.
     *
     * @param steps how much to look at, at least one; each step gives at most one message, and a topic costs a few.
     * @return whether there may be more.
     */
    public boolean advance(int steps, Visitor<? super M> visitor) {
        boolean goOn = true;
        for (int step = 0; step < steps && goOn && size > 0; step++) {
            size--;
            Object next = pending[size];
            pending[size] = null;
            goOn = look(next, froms[size], visitor);
        }
        return size > 0;
    }

    private boolean look(@Nullable Object next, int from, Visitor<? super M> visitor) {
        if (next instanceof Branch branch) {
            for (Object slot : branch.slots) {
                push(slot, from);
            }
            return true;
        }
        if (!(next instanceof RetainedNode node) || from == FIRST && Levels.isOfServer(node.level)) {
            return true;
        }
        return follow(node, from == FIRST ? afterFirst() : from, visitor);
    }

    private boolean follow(RetainedNode node, int from, Visitor<? super M> visitor) {
        if (Levels.isOver(filter, from)) {
            return tell(node, visitor);
        }
        int end = Levels.end(filter, from);
        if (Levels.is(Levels.REST, filter, from, end)) {
            push(node.children, from);
            return tell(node, visitor);
        }
        boolean any = Levels.is(Levels.ONE, filter, from, end);
        push(any ? node.children : node.child(filter, from, end), end + 1);
        return true;
    }

    private int afterFirst() {
        return filter.startsWith(Levels.REST) ? 0 : Levels.ONE.length() + 1;
    }

    @SuppressWarnings("unchecked")
    private boolean tell(RetainedNode node, Visitor<? super M> visitor) {
        Object message = node.place == null ? null : node.place.message;
        return message == null || visitor.visit((M) message);
    }

    private void push(@Nullable Object next, int from) {
        if (next == null) {
            return;
        }
        if (size == pending.length) {
            pending = Arrays.copyOf(pending, size * 2);
            froms = Arrays.copyOf(froms, size * 2);
        }
        pending[size] = next;
        froms[size] = from;
        size++;
    }
}
