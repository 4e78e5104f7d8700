package io.dinrail.southbound.internal;

import io.dinrail.connector.api.TagSpec;
import java.time.Duration;
import java.util.Optional;

/**
 * How long the tags of an instance may be silent.
 *
 * @param staleAfter until the host calls a tag stale; empty for three of its periods.
 * @param maxSilence until an unchanged value is reported all the same; zero for never.
 * @param subscribed whether the device reports by itself, so that only a probe can tell whether it still does.
 */
record TagLimits(Optional<Duration> staleAfter, Duration maxSilence, boolean subscribed) {
    /** How often a connection is probed while the device reports by itself. */
    static final Duration PROBE = Duration.ofSeconds(5);

    /** @return the same for tags that the device reports by itself. */
    TagLimits asSubscribed() {
        return subscribed ? this : new TagLimits(staleAfter, maxSilence, true);
    }

    Duration staleAfter(TagSpec spec) {
        Duration wanted = staleAfter.orElse(spec.poll().multipliedBy(3));
        Duration least = PROBE.multipliedBy(3);
        return subscribed && wanted.compareTo(least) < 0 ? least : wanted;
    }
}
