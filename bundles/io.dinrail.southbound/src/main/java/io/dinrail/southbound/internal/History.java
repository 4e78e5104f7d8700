package io.dinrail.southbound.internal;

import java.time.Instant;

/** Which moments of a tag's past are known, so that none is recorded twice. Guarded by its {@link TagState}. */
final class History {
    private Instant newest = Instant.MIN;
    private Instant knownUntil = Instant.MIN;
    private Instant after = Instant.MIN;

    /** A value of now was told. @param source its time. */
    void heard(Instant source) {
        if (after.equals(Instant.MIN) && source.isAfter(knownUntil)) {
            after = source; // the first after the gap ends it
        }
        newest = source.isAfter(newest) ? source : newest;
    }

    /** Nothing is heard any more from here on. */
    void gap() {
        knownUntil = newest.isAfter(knownUntil) ? newest : knownUntil;
        after = Instant.MIN;
    }

    /** Takes a moment as known. @return whether it wasn't: it lies in the last gap, behind what was brought in of it already. */
    boolean isNews(Instant then) {
        boolean inGap = then.isAfter(knownUntil) && (after.equals(Instant.MIN) || then.isBefore(after));
        if (inGap) {
            knownUntil = then;
        }
        return inGap;
    }
}
