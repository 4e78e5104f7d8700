package io.dinrail.southbound.internal;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which moments of a tag's past are known, so that none is recorded twice: all up to one, and those of the newest values since the last gap. A device may
 * have more than one stretch to bring in, for what it kept over an outage may lack something itself. Guarded by its {@link TagState}.
 */
final class History {
    private static final int REMEMBERED = 8;

    private Instant newest = Instant.MIN;
    private Instant knownUntil = Instant.MIN;
    private boolean heardSinceGap;
    private @Nullable Instant @Nullable [] told;
    private int next;

    /** A value of now was told. @param source its time. */
    void heard(Instant source) {
        if (!source.isAfter(newest)) {
            return;
        }
        newest = source;
        heardSinceGap = true;
        if (told != null) {
            told[next++ % REMEMBERED] = source;
        }
    }

    /** Nothing is heard any more from here on. */
    void gap() {
        knownUntil = newest.isAfter(knownUntil) ? newest : knownUntil;
        heardSinceGap = false;
        told = new Instant[REMEMBERED];
        next = 0;
    }

    /** Takes a moment as known. @return whether it wasn't: it lies between what was told, behind what was brought in already. */
    boolean isNews(Instant then) {
        boolean news = then.isAfter(knownUntil) && (!heardSinceGap || then.isBefore(newest)) && !wasTold(then);
        if (news) {
            knownUntil = then;
        }
        return news;
    }

    private boolean wasTold(Instant then) {
        return told != null && Arrays.asList(told).contains(then);
    }
}
