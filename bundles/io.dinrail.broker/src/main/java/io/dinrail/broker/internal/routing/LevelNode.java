package io.dinrail.broker.internal.routing;

import io.dinrail.broker.internal.routing.HashTrie.Branch;
import org.jspecify.annotations.Nullable;

/** One level of a tree of topics or filters: its name and, as a {@link HashTrie}, what is below it. */
abstract class LevelNode {
    static final HashTrie<LevelNode> BY_NAME = new HashTrie<>() {
        @Override
        int hash(LevelNode node) {
            return Levels.hash(node.level, 0, node.level.length());
        }

        @Override
        boolean same(LevelNode one, LevelNode other) {
            return one.level.equals(other.level);
        }
    };

    final String level;
    final @Nullable Object children;

    LevelNode(String level, @Nullable Object children) {
        this.level = level;
        this.children = children;
    }

    /** The node below whose name stands in the text from one position to the other. */
    @Nullable
    LevelNode child(String text, int from, int end) {
        Object at = children;
        if (at instanceof Branch) {
            at = HashTrie.reach(at, Levels.hash(text, from, end));
        }
        if (at instanceof Branch bucket) {
            return inBucket(bucket, text, from, end);
        }
        return at instanceof LevelNode node && Levels.is(node.level, text, from, end) ? node : null;
    }

    private static @Nullable LevelNode inBucket(Branch bucket, String text, int from, int end) {
        for (Object slot : bucket.slots) {
            if (slot instanceof LevelNode node && Levels.is(node.level, text, from, end)) {
                return node;
            }
        }
        return null;
    }
}
