package io.dinrail.identity.h2.internal.rules;

import static io.dinrail.identity.h2.internal.rules.TopicText.STRIDE;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * One fixed text of each rule's topic, the one that fewest rules share: where it differs the rule need not be looked at. In plain numbers one after
 * the other, which a hundred rules take a fraction of a microsecond to pass.
 */
final class Landmarks {
    private static final int NONE = -1;

    private final int[] levels; // NONE where the topic has no fixed text
    private final int[] hashes;

    Landmarks(TopicTemplate[] topics) {
        Map<Map.Entry<Integer, Integer>, Integer> shared = new HashMap<>();
        for (TopicTemplate topic : topics) {
            topic.texts()
                    .entrySet()
                    .forEach(text -> shared.merge(Map.entry(text.getKey(), text.getValue()), 1, Integer::sum));
        }
        this.levels = new int[topics.length];
        this.hashes = new int[topics.length];
        for (int i = 0; i < topics.length; i++) {
            Map.Entry<Integer, Integer> rarest = topics[i].texts().entrySet().stream()
                    .min(Comparator.comparing(
                            text -> shared.getOrDefault(Map.entry(text.getKey(), text.getValue()), 0)))
                    .orElse(Map.entry(NONE, 0));
            levels[i] = rarest.getKey();
            hashes[i] = rarest.getValue();
        }
    }

    /** A rule covers nothing that differs in one of its fixed texts, and nothing that ends before it. */
    boolean mayCover(int rule, int[] asked, int count) {
        int level = levels[rule];
        return level == NONE || level < count && asked[STRIDE * level + 2] == hashes[rule];
    }

    /** A rule overlaps what has a wildcard where it has its text, or may have one before. */
    boolean mayOverlap(int rule, int[] asked, int count) {
        int level = levels[rule];
        if (level == NONE || level >= count) {
            return true;
        }
        int hash = asked[STRIDE * level + 2];
        return hash == hashes[rule] || hash == '+' || hash == '#';
    }
}
