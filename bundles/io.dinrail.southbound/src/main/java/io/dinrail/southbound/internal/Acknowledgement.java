package io.dinrail.southbound.internal;

import java.util.concurrent.CompletableFuture;

/**
 * Somebody acknowledged an alarm that a device keeps.
 *
 * @param tag the tag that it came in under.
 * @param condition which alarm.
 * @param note what they wrote; possibly empty.
 */
record Acknowledgement(TagState tag, String condition, String note) {
    Errand<Boolean> errand() {
        return new Errand<>(
                session -> {
                    session.acknowledge(tag, condition, note);
                    return true;
                },
                new CompletableFuture<>());
    }

    @Override
    public String toString() {
        return "the acknowledgement of " + condition + " under " + tag.spec().id();
    }
}
