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

    private static final Duration THREE_PROBES = PROBE.multipliedBy(3);

    /** @return the same for tags that the device reports by itself. */
    TagLimits asSubscribed() {
        return subscribed ? this : new TagLimits(staleAfter, maxSilence, true);
    }

    Duration staleAfter(TagSpec spec) {
        Duration wanted = staleAfter.orElseGet(() -> threeTimes(spec.poll()));
        return subscribed && wanted.compareTo(THREE_PROBES) < 0 ? THREE_PROBES : wanted;
    }

    /** Asked for each tag at each look; a multiplication of durations goes by way of decimals. */
    private static Duration threeTimes(Duration period) {
        return period.plus(period).plus(period);
    }
}
