package io.dinrail.messaging.bridge.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** Counts losses by cause, and says when one may be logged: once a minute for each cause and culprit, for at most 10,000 culprits. */
final class LossTally {
    private static final Duration QUIET = Duration.ofMinutes(1);
    private static final int MOST = 10_000;

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final Map<String, Instant> logged = new ConcurrentHashMap<>();
    private final Clock clock;

    LossTally(Clock clock) {
        this.clock = clock;
    }

    /** Counts one loss, and tells whether it may be logged now. */
    boolean count(String cause, String culprit) {
        counts.computeIfAbsent(cause, key -> new LongAdder()).increment();
        Instant now = clock.instant();
        if (logged.size() >= MOST) {
            logged.values().removeIf(last -> !last.isAfter(now.minus(QUIET)));
            if (logged.size() >= MOST) {
                return false;
            }
        }
        String key = cause + ' ' + culprit;
        Instant last = logged.get(key);
        if (last != null && last.isAfter(now.minus(QUIET))) {
            return false;
        }
        return last == null ? logged.putIfAbsent(key, now) == null : logged.replace(key, last, now);
    }

    Map<String, Long> counts() {
        return counts.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().sum()));
    }
}
