package io.dinrail.broker.internal.routing;

import org.jspecify.annotations.Nullable;

/** A level of the tree of topics, with the place of the message retained there. */
final class RetainedNode extends LevelNode {
    static final RetainedNode ROOT = new RetainedNode("", null, null);

    final @Nullable Place place;

    private RetainedNode(String level, @Nullable Object children, @Nullable Place place) {
        super(level, children);
        this.place = place;
    }

    /** Shared by every state of the tree, so that a new message on a known topic copies nothing, and a slow reader gets the newest. */
    static final class Place {
        volatile @Nullable Object message;

        Place(Object message) {
            this.message = message;
        }
    }

    @Nullable
    Place at(String topic) {
        RetainedNode node = this;
        for (int from = 0; node != null && !Levels.isOver(topic, from); ) {
            int end = Levels.end(topic, from);
            node = (RetainedNode) node.child(topic, from, end);
            from = end + 1;
        }
        return node == null ? null : node.place;
    }

    /** This node with another place, or none, at the topic, and without nodes that nothing needs any more. */
    RetainedNode with(String topic, int from, @Nullable Place young) {
        if (Levels.isOver(topic, from)) {
            return new RetainedNode(level, children, young);
        }
        int end = Levels.end(topic, from);
        LevelNode known = child(topic, from, end);
        RetainedNode before =
                known == null ? new RetainedNode(Levels.name(topic, from, end), null, null) : (RetainedNode) known;
        RetainedNode after = before.with(topic, end + 1, young);
        boolean isEmpty = after.children == null && after.place == null;
        return new RetainedNode(
                level, isEmpty ? BY_NAME.without(children, before) : BY_NAME.with(children, after), place);
    }
}
