package io.dinrail.identity.h2.internal.login;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Who follows whom when a secret is rotated. */
final class SecretSuccession {
    private SecretSuccession() {}

    /**
     * Lets the newest go on for a while and ends those before it.
     *
     * @param valid those that work now.
     * @param fresh the one that is to stay.
     * @param until when the one before it ends; never later than it would have anyway.
     */
    static List<StoredSecret> next(List<StoredSecret> valid, StoredSecret fresh, Instant until) {
        return valid.stream()
                .max(Comparator.comparing(
                                (StoredSecret each) -> each.validUntil().isEmpty())
                        .thenComparing(StoredSecret::createdAt))
                .map(last ->
                        last.validUntil().filter(end -> end.isBefore(until)).isPresent() ? last : last.endingAt(until))
                .map(last -> List.of(last, fresh))
                .orElse(List.of(fresh));
    }
}
