package io.dinrail.southbound.internal;

import io.dinrail.connector.api.WriteResult;
import io.dinrail.connector.api.WriteResult.Verdict;
import io.dinrail.model.api.TagValue;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A write that waits for its turn, or is under way.
 *
 * @param tag where.
 * @param value in the engineering unit.
 * @param raw the same for the device.
 * @param expires not to be sent after this.
 * @param idempotent whether it may be written again if the connection is lost over it.
 * @param attempted whether it was sent once already, so that nobody knows whether the device has it.
 * @param sending to be called just before it is sent.
 * @param result what came of it; fails with {@link NotConnectedException} if nothing was sent for want of a connection.
 */
record WriteRequest(
        TagState tag,
        TagValue value,
        TagValue raw,
        Instant expires,
        boolean idempotent,
        boolean attempted,
        Runnable sending,
        CompletableFuture<WriteResult> result) {

    void refuse(String why) {
        refuse(why, "");
    }

    /** @param code the device's; empty if it wasn't the device that refused. */
    void refuse(String why, String code) {
        result.complete(new WriteResult(Verdict.REFUSED, Optional.empty(), why, code));
    }

    /** It can't be sent any more, since it is too old. */
    void expire() {
        if (attempted) {
            unverified("the connection was lost while it was written, and it expired before it could be written again");
        } else {
            refuse("expired: nothing was sent");
        }
    }

    /** @return the same to be written once more; that it was sent is recorded already. */
    WriteRequest again() {
        return new WriteRequest(tag, value, raw, expires, true, true, () -> {}, result);
    }

    void unverified(String why) {
        result.complete(new WriteResult(Verdict.UNVERIFIED, Optional.empty(), why));
    }

    void notConnected(String why) {
        result.completeExceptionally(new NotConnectedException(why));
    }
}
