package io.dinrail.identity.h2.internal.rules;

import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Decision;
import java.util.Map;

/**
 * Denies everything.
 *
 * @param reason why.
 */
public record NoRights(String reason) implements Rights {
    @Override
    public boolean may(Action action, String topic) {
        return false;
    }

    @Override
    public boolean mayReceive(String topic) {
        return false;
    }

    @Override
    public Decision explain(Action action, String topic) {
        return new Decision(false, reason, Map.of());
    }
}
