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
 * @param sending to be called just before it is sent.
 * @param result what came of it; fails with {@link NotConnectedException} if nothing was sent for want of a connection.
 */
record WriteRequest(
        TagState tag,
        TagValue value,
        TagValue raw,
        Instant expires,
        Runnable sending,
        CompletableFuture<WriteResult> result) {

    void refuse(String why) {
        result.complete(new WriteResult(Verdict.REFUSED, Optional.empty(), why));
    }

    void unverified(String why) {
        result.complete(new WriteResult(Verdict.UNVERIFIED, Optional.empty(), why));
    }

    void notConnected(String why) {
        result.completeExceptionally(new NotConnectedException(why));
    }
}
