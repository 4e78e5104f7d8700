package io.dinrail.messaging.bridge.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts losses by cause and by who caused them, and says when one may be logged: once a minute for each cause and culprit. It knows 10,000 culprits; of
 * those beyond only the total is counted. Safe for use by many threads.
 */
final class LossTally {
    private static final Duration QUIET = Duration.ofMinutes(1);
    private static final int MOST = 10_000;
    /** More would bury the rest of the platform's status. */
    private static final int MOST_SHOWN = 100;

    /** What one culprit did. */
    private static final class Record {
        private final LongAdder count = new LongAdder();
        private Instant logged = Instant.MIN;

        synchronized boolean mayBeLogged(Instant now) {
            if (logged.plus(QUIET).isAfter(now)) {
                return false;
            }
            logged = now;
            return true;
        }
    }

    private final Map<String, LongAdder> totals = new ConcurrentHashMap<>();
    /** By cause, a dot, culprit. */
    private final Map<String, Record> culprits = new ConcurrentHashMap<>();

    private final Clock clock;

    LossTally(Clock clock) {
        this.clock = clock;
    }

    /** Counts one loss that nobody in particular caused, and tells whether it may be logged now. */
    boolean count(String cause) {
        return count(cause, "", 1);
    }

    /** Counts one loss, and tells whether it may be logged now. */
    boolean count(String cause, String culprit) {
        return count(cause, culprit, 1);
    }

    /** Counts losses, and tells whether they may be logged now. */
    boolean count(String cause, String culprit, long losses) {
        totals.computeIfAbsent(cause, key -> new LongAdder()).add(losses);
        String key = cause + '.' + culprit;
        Record known = culprits.get(key);
        if (known == null) {
            if (culprits.size() >= MOST) {
                return false;
            }
            known = culprits.computeIfAbsent(key, fresh -> new Record());
        }
        known.count.add(losses);
        return known.mayBeLogged(clock.instant());
    }

    /** @return the totals by cause, and beside them the worst culprits' shares, by cause, a dot, culprit. */
    Map<String, Long> counts() {
        Map<String, Long> counts = new HashMap<>();
        totals.forEach((cause, count) -> counts.put(cause, count.sum()));
        culprits.entrySet().stream()
                .filter(entry -> !entry.getKey().endsWith("."))
                .map(entry -> Map.entry(entry.getKey(), entry.getValue().count.sum()))
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_SHOWN)
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        return counts;
    }
}
