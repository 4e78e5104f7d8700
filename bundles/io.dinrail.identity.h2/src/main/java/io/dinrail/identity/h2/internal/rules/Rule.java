package io.dinrail.identity.h2.internal.rules;

import io.dinrail.identity.api.Action;
import java.util.Locale;
import java.util.Optional;

/**
 * A rule as it stands in its canonical form.
 *
 * @param priority the lower, the earlier.
 * @param user whom it is for: a name in which {@code %} stands for any run of characters.
 * @param topic a filter with variables.
 * @param permission what it is about.
 * @param allows whether it allows or denies.
 * @param binding the claim it is bound to.
 */
record Rule(int priority, String user, String topic, Permission permission, boolean allows, Optional<String> binding) {
    static final String EVERYBODY = "%";

    enum Permission {
        PUBLISH,
        SUBSCRIBE,
        PUBSUB;

        boolean includes(Action action) {
            return this == PUBSUB || name().equals(action.name());
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    String effect() {
        return allows ? "allow" : "deny";
    }

    /** @return as in {@code 10: allow publish telemetry/%u/#}. */
    @Override
    public String toString() {
        return priority + ": " + effect() + " " + permission.word() + " " + topic
                + (user.equals(EVERYBODY) ? "" : " for " + user)
                + binding.map(claim -> " bound to " + claim).orElse("");
    }
}
