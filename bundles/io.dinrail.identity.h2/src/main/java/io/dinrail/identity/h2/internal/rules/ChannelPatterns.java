package io.dinrail.identity.h2.internal.rules;

import java.util.ArrayList;
import java.util.List;

/** Several patterns, any of which will do. Immutable; matches without allocating. */
public final class ChannelPatterns {
    private final List<ChannelPattern> patterns;
    private final ChannelPattern[] quick; // a list would be asked for an iterator each time

    public ChannelPatterns(List<ChannelPattern> patterns) {
        this.patterns = List.copyOf(patterns);
        this.quick = patterns.toArray(ChannelPattern[]::new);
    }

    /**
     * Reads patterns.
     *
     * @param texts one each.
     * @return them.
     * @throws IllegalArgumentException if one is none; the message is a sentence for whoever wrote it.
     */
    public static ChannelPatterns parse(List<String> texts) {
        List<ChannelPattern> patterns = new ArrayList<>();
        texts.forEach(text -> patterns.add(ChannelPattern.parse(text)));
        return new ChannelPatterns(patterns);
    }

    /** @return the patterns, in order. */
    public List<ChannelPattern> all() {
        return patterns;
    }

    /** @return what may not be meant, one sentence each. */
    public List<String> warnings() {
        return patterns.stream().flatMap(pattern -> pattern.warning().stream()).toList();
    }

    /**
     * Matches.
     *
     * @param topic a channel or topic; what is malformed is not matched.
     * @return whether one of the patterns stands for it.
     */
    public boolean matches(String topic) {
        for (ChannelPattern pattern : quick) {
            if (pattern.matches(topic)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Tells whether one of the patterns stands for all that another can stand for.
     *
     * @param other the other one.
     * @return whether it is covered.
     */
    public boolean covers(ChannelPattern other) {
        for (ChannelPattern pattern : quick) {
            if (pattern.covers(other)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Tells whether the patterns stand for everything that an MQTT filter matches; for {@code a/#} one may stand for {@code a} and another for what is
     * below.
     *
     * @param mqttFilter a filter without its {@code $share/group/} prefix; what is malformed is not covered.
     * @return whether it is covered.
     */
    public boolean coversFilter(String mqttFilter) {
        if (!TopicText.isFilter(mqttFilter)) {
            return false;
        }
        boolean below = false;
        boolean parent = false;
        for (ChannelPattern pattern : quick) {
            below |= pattern.coversBelow(mqttFilter);
            parent |= pattern.coversParent(mqttFilter);
        }
        return below && parent;
    }

    @Override
    public String toString() {
        return patterns.toString();
    }
}
