package io.dinrail.broker.internal.routing;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A level of the tree of filters with the subscriptions that end here; most nodes have no wildcard below them and are kept small. */
class FilterNode extends LevelNode {
    static final FilterNode ROOT = new FilterNode("", null, null);

    /** As a {@link HashTrie} of {@link Subscription}. */
    final @Nullable Object subscriptions;

    private FilterNode(String level, @Nullable Object children, @Nullable Object subscriptions) {
        super(level, children);
        this.subscriptions = subscriptions;
    }

    /** What {@code +} below this node leads to. */
    @Nullable
    FilterNode one() {
        return null;
    }

    /** The subscriptions of {@code #} below this node. */
    @Nullable
    Object rest() {
        return null;
    }

    /** The set of subscriptions of one filter. */
    @Nullable
    Object at(String filter, int from) {
        if (Levels.isOver(filter, from)) {
            return subscriptions;
        }
        int end = Levels.end(filter, from);
        if (Levels.is(Levels.REST, filter, from, end)) {
            return rest();
        }
        FilterNode next = next(filter, from, end);
        return next == null ? null : next.at(filter, end + 1);
    }

    /** This node with the set of subscriptions of one filter changed, and without nodes that nothing needs any more. */
    FilterNode edited(String filter, int from, UnaryOperator<@Nullable Object> edit) {
        if (Levels.isOver(filter, from)) {
            return node(children, edit.apply(subscriptions), one(), rest());
        }
        int end = Levels.end(filter, from);
        if (Levels.is(Levels.REST, filter, from, end)) {
            return node(children, subscriptions, one(), edit.apply(rest()));
        }
        FilterNode known = next(filter, from, end);
        FilterNode old = known == null ? new FilterNode(Levels.name(filter, from, end), null, null) : known;
        FilterNode young = old.edited(filter, end + 1, edit);
        if (Levels.is(Levels.ONE, filter, from, end)) {
            return node(children, subscriptions, young.isEmpty() ? null : young, rest());
        }
        Object below = young.isEmpty() ? BY_NAME.without(children, old) : BY_NAME.with(children, young);
        return node(below, subscriptions, one(), rest());
    }

    private @Nullable FilterNode next(String filter, int from, int end) {
        return Levels.is(Levels.ONE, filter, from, end) ? one() : (FilterNode) child(filter, from, end);
    }

    boolean isEmpty() {
        return children == null && subscriptions == null && one() == null && rest() == null;
    }

    private FilterNode node(
            @Nullable Object below, @Nullable Object ending, @Nullable FilterNode one, @Nullable Object rest) {
        return one == null && rest == null
                ? new FilterNode(level, below, ending)
                : new WithWildcards(level, below, ending, one, rest);
    }

    private static final class WithWildcards extends FilterNode {
        private final @Nullable FilterNode one;
        private final @Nullable Object rest;

        private WithWildcards(
                String level,
                @Nullable Object children,
                @Nullable Object subscriptions,
                @Nullable FilterNode one,
                @Nullable Object rest) {
            super(level, children, subscriptions);
            this.one = one;
            this.rest = rest;
        }

        @Override
        @Nullable
        FilterNode one() {
            return one;
        }

        @Override
        @Nullable
        Object rest() {
            return rest;
        }
    }
}
