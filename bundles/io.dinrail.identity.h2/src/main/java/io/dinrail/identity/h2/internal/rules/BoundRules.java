package io.dinrail.identity.h2.internal.rules;

import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Decision;
import java.util.List;

/** A rule document for one connection: the values of its variables, and which of its rules are for this connection at all. */
final class BoundRules implements Rights {
    private static final int NOBODY = -1;

    private final RuleDocument document;
    private final Values[] values;
    private final long[] active;

    BoundRules(RuleDocument document, Values[] values, long[] active) {
        this.document = document;
        this.values = values;
        this.active = active;
    }

    @Override
    public boolean may(Action action, String topic) {
        return document.allows(deciding(action, topic));
    }

    @Override
    public boolean mayReceive(String topic) {
        int[] levels = TopicText.scratch();
        int count = TopicText.scan(topic, false, levels);
        return count > 0 && document.allows(hearing(topic, levels, count));
    }

    @Override
    public Decision explain(Action action, String topic) {
        return new Explanation(document, values, this).of(action, topic);
    }

    /** @return the number of the rule that decides, or a negative one if none does. */
    int deciding(Action action, String topic) {
        int[] levels = TopicText.scratch();
        boolean hears = action == Action.SUBSCRIBE;
        int count = TopicText.scan(topic, hears, levels);
        if (count <= 0 || !hears && TopicText.isReserved(topic)) {
            return NOBODY;
        }
        return hears ? hearing(topic, levels, count) : saying(topic, levels, count);
    }

    /** @return the same rights with one value in place of what a variable stands for. */
    BoundRules with(int variable, String value) {
        Values[] others = values.clone();
        others[variable] = Values.of(List.of(value));
        return new BoundRules(document, others, active);
    }

    private int saying(String topic, int[] levels, int count) {
        for (int word = 0; word < active.length; word++) {
            for (long bits = active[word] & document.publishing[word]; bits != 0; bits &= bits - 1) {
                int rule = Long.SIZE * word + Long.numberOfTrailingZeros(bits);
                if (document.landmarks.mayCover(rule, levels, count)
                        && document.topics[rule].covers(topic, levels, count, values)) {
                    return rule;
                }
            }
        }
        return NOBODY;
    }

    /** A filter must be covered by what allows, and is refused if it only touches what denies. */
    private int hearing(String filter, int[] levels, int count) {
        boolean reserved = TopicText.isReserved(filter);
        for (int word = 0; word < active.length; word++) {
            for (long bits = active[word] & document.subscribing[word]; bits != 0; bits &= bits - 1) {
                int rule = Long.SIZE * word + Long.numberOfTrailingZeros(bits);
                if (document.allows(rule)
                        ? isGranted(rule, reserved, filter, levels, count)
                        : isTouched(rule, filter, levels, count)) {
                    return rule;
                }
            }
        }
        return NOBODY;
    }

    private boolean isGranted(int rule, boolean reserved, String filter, int[] levels, int count) {
        TopicTemplate topic = document.topics[rule];
        return document.landmarks.mayCover(rule, levels, count)
                && (!reserved || topic.spellsFirstLevel())
                && topic.covers(filter, levels, count, values);
    }

    private boolean isTouched(int rule, String filter, int[] levels, int count) {
        return document.landmarks.mayOverlap(rule, levels, count)
                && document.topics[rule].overlaps(filter, levels, count, values);
    }
}
