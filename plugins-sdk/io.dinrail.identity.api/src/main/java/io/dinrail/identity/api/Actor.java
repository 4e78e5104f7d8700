package io.dinrail.identity.api;

import static java.util.Objects.requireNonNull;

/**
 * Who asks for a change, and from where; stands in the audit log.
 *
 * @param name the login name of a person, or a component of the platform.
 * @param from how and from where, such as {@code ssh 127.0.0.1}; empty for the platform itself.
 */
public record Actor(String name, String from) {
    /** The platform itself. */
    public static final Actor PLATFORM = new Actor("platform", "");

    public Actor {
        requireNonNull(name);
        requireNonNull(from);
    }
}
