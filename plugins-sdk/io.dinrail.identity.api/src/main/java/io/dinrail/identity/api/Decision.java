package io.dinrail.identity.api;

import java.util.Map;

/**
 * A decision and its reason.
 *
 * @param allowed whether it may be done.
 * @param rule the rule that decided, with its set, place and text, such as {@code device 10: allow publish telemetry/%u/#}; or why none did.
 * @param variables the variables of that rule as they were resolved, such as {@code %u} to {@code press-1}.
 */
public record Decision(boolean allowed, String rule, Map<String, String> variables) {
    public Decision {
        variables = Map.copyOf(variables);
    }
}
