package io.dinrail.southbound.internal;

import io.dinrail.connector.api.Settings;
import java.time.Duration;
import java.util.Optional;

/**
 * The keys of a connector's cfg that are the host's.
 *
 * @param tags the tags file, if it isn't the usual one.
 * @param pollClasses names for periods.
 * @param staleAfter how long a tag may be silent; empty for three of its periods.
 * @param backoffMax the longest wait between two tries to connect.
 * @param maxSilence how long a tag with a deadband may go unreported; zero for ever.
 * @param hangAfter how long one call of the connector may take.
 * @param maxRate how many values a second the device may report before it is cut off; zero for any number.
 * @param readbackWait the pause between two looks at a written value.
 */
record HostSettings(
        Optional<String> tags,
        PollClasses pollClasses,
        Optional<Duration> staleAfter,
        Duration backoffMax,
        Duration maxSilence,
        Duration hangAfter,
        long maxRate,
        Duration readbackWait) {

    static HostSettings of(Settings settings) {
        Duration stale = settings.period("stale.after", Duration.ZERO);
        return new HostSettings(
                settings.text("tags"),
                PollClasses.parse(settings.text(PollClasses.KEY).orElse("")),
                stale.isZero() ? Optional.empty() : Optional.of(stale),
                settings.period("backoff.max", Duration.ofSeconds(30)),
                maxSilence(settings),
                settings.period("hang.after", Duration.ofSeconds(60)),
                settings.whole("max.rate", 100_000, 0, 100_000_000),
                settings.period("readback.wait", Duration.ofMillis(50)));
    }

    private static Duration maxSilence(Settings settings) {
        String key = "max.silence";
        // 0s is a value of its own here: never repeat an unchanged value
        return settings.text(key)
                .map(text -> settings.period(key, Duration.ZERO))
                .orElse(Duration.ofSeconds(60));
    }
}
