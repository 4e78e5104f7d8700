package io.dinrail.identity.h2.internal.login;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many accesses each organisation has: never more than it may. */
final class AccessCounts {
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();

    /**
     * Counts one more.
     *
     * @param most how many there may be then, 0 for any number.
     * @return whether it was counted.
     */
    boolean enter(String organisation, int most) {
        if (most == 0) {
            counts.merge(organisation, 1, Integer::sum);
            return true;
        }
        boolean[] entered = new boolean[1];
        counts.compute(organisation, (key, before) -> {
            int now = before == null ? 0 : before;
            entered[0] = now < most;
            return entered[0] ? Integer.valueOf(now + 1) : before;
        });
        return entered[0];
    }

    void leave(String organisation) {
        counts.computeIfPresent(organisation, (key, before) -> before == 1 ? null : Integer.valueOf(before - 1));
    }

    boolean isEmpty() {
        return counts.isEmpty();
    }
}
