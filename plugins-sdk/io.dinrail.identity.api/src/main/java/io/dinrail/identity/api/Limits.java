package io.dinrail.identity.api;

import java.util.OptionalInt;

/**
 * How fast a connection may publish; who is faster is slowed down, never thrown out.
 *
 * @param publishRate messages a second, 0 for any number; empty for what the listener's own settings say.
 * @param publishBurst messages at once, 0 for any number; empty for what the listener's own settings say.
 */
public record Limits(OptionalInt publishRate, OptionalInt publishBurst) {
    /** What the listener says. */
    public static final Limits USUAL = new Limits(OptionalInt.empty(), OptionalInt.empty());
    /** As fast as it likes. */
    public static final Limits NONE = new Limits(OptionalInt.of(0), OptionalInt.of(0));
}
