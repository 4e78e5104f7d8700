package io.dinrail.broker.internal.session;

import io.dinrail.broker.internal.protocol.TopicName;
import java.util.HashMap;
import java.util.Map;

/** The topic aliases that one client is sent, given out to the first topics it gets; used on its lane only. */
final class Aliases {
    /** More would cost the client memory for topics it hardly hears of. */
    private static final int MOST = 64;

    private static final Alias NONE = new Alias(TopicName.NONE, 0, false);

    /**
     * What stands in one packet.
     *
     * @param number 1 to 65,535, or 0 for none.
     * @param isKnown whether the topic is left out.
     */
    record Alias(TopicName topic, int number, boolean isKnown) {}

    private final int most;
    private final Map<TopicName, Alias> known = new HashMap<>(0);

    /** @param maximum what the client takes, 0 for none. */
    Aliases(int maximum) {
        this.most = Math.min(maximum, MOST);
    }

    boolean areOffered() {
        return most > 0;
    }

    Alias of(TopicName topic) {
        if (most == 0) {
            return NONE;
        }
        Alias before = known.get(topic);
        if (before != null) {
            return before;
        }
        if (known.size() == most) {
            return NONE;
        }
        int number = known.size() + 1;
        known.put(topic, new Alias(topic, number, true));
        return new Alias(topic, number, false);
    }

    /** The packet that would have told it did not leave. */
    void forget(Alias alias) {
        if (alias.number() > 0 && !alias.isKnown()) {
            known.remove(alias.topic());
        }
    }
}
