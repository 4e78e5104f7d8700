package io.dinrail.identity.h2.internal.audit;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** From where names got in within the last day, so that a flood from there doesn't keep them out. A few places a name, bounded, O(1). */
final class KnownPlaces {
    private static final long DAY = Duration.ofDays(1).toNanos();
    private static final int NAMES = 100_000;
    private static final int PLACES = 4;

    private final LongSupplier nanos;
    private final Map<Fingerprint, Places> names = new LinkedHashMap<>(64, 0.75F, true);

    KnownPlaces(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** The newest places of one name; a name that gets in from everywhere pushes out only its own. */
    private static final class Places {
        private final String[] addresses = new String[PLACES];
        private final long[] times = new long[PLACES];
        private int next;

        private int find(String address) {
            for (int i = 0; i < PLACES; i++) {
                if (address.equals(addresses[i])) {
                    return i;
                }
            }
            return -1;
        }

        private void put(String address, long now) {
            int place = find(address);
            if (place < 0) {
                place = next;
                next = (next + 1) % PLACES;
            }
            addresses[place] = address;
            times[place] = now;
        }
    }

    void add(String login, String address) {
        Fingerprint name = Fingerprint.of(login, "");
        synchronized (this) {
            names.computeIfAbsent(name, key -> new Places()).put(address, nanos.getAsLong());
            if (names.size() > NAMES) {
                names.remove(names.keySet().iterator().next());
            }
        }
    }

    boolean knows(String login, String address) {
        Fingerprint name = Fingerprint.of(login, "");
        synchronized (this) {
            Places places = names.get(name);
            int place = places == null ? -1 : places.find(address);
            return place >= 0 && places != null && nanos.getAsLong() - places.times[place] < DAY;
        }
    }
}
