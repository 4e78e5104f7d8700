package io.dinrail.broker.internal.session;

import io.dinrail.broker.internal.protocol.TopicName;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Remembers the topic that was allowed last, until rights change: a client mostly sends or gets the same again. Used on its connection's lane only. */
final class Leave {
    private final Predicate<String> decision;
    private @Nullable TopicName allowed;

    Leave(Predicate<String> decision) {
        this.decision = decision;
    }

    boolean has(TopicName topic) {
        if (topic == allowed) {
            return true;
        }
        boolean may = decision.test(topic.text());
        allowed = may ? topic : null;
        return may;
    }

    void rightsChanged() {
        allowed = null;
    }
}
