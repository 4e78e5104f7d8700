package io.dinrail.identity.h2.internal.audit;

import io.dinrail.identity.h2.internal.text.PlainText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * An entry that has no number yet.
 *
 * @param isChange whether somebody changed something, which must not be lost among refusals.
 */
record Pending(Instant at, String kind, String actor, String from, String subject, String detail, boolean isChange) {
    private static final int KIND = 64;
    private static final int NAME = 256;
    private static final int TEXT = 1_024;

    Pending {
        at = at.truncatedTo(ChronoUnit.MILLIS);
        kind = PlainText.of(kind, KIND);
        actor = PlainText.of(actor, NAME);
        from = PlainText.of(from, NAME);
        subject = PlainText.of(subject, TEXT);
        detail = PlainText.of(detail, TEXT);
    }
}
