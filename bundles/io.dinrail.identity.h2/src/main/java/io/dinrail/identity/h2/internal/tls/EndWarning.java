package io.dinrail.identity.h2.internal.tls;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says some days before something ends that it does, once for each of them. Used by one thread. */
final class EndWarning {
    private static final Logger LOG = LoggerFactory.getLogger(EndWarning.class);
    private static final int LONG = Integer.MAX_VALUE;

    private final String what;
    private final List<Integer> days;
    private int said = LONG;

    /**
     * Makes a warning.
     *
     * @param what what ends and what to do, in {} the end.
     * @param days before the end, rising.
     */
    EndWarning(String what, Integer... days) {
        this.what = what;
        this.days = List.of(days);
    }

    /** @return whether it was said now. */
    boolean look(Instant end, Instant now) {
        Duration left = Duration.between(now, end);
        int step = days.stream()
                .filter(day -> left.compareTo(Duration.ofDays(day)) < 0)
                .findFirst()
                .orElse(LONG);
        boolean news = step < said;
        if (news) {
            LOG.warn(what, end);
        }
        said = step;
        return news;
    }
}
