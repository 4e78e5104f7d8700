package io.dinrail.southbound.internal;

import io.dinrail.connector.api.ConnectorException;
import io.dinrail.connector.api.ConnectorException.Reason;
import java.util.concurrent.CompletableFuture;

/**
 * Something that somebody wants done with the connector by its own thread, once, while it is connected.
 *
 * @param job what.
 * @param result what came of it; fails with {@link NotConnectedException} if it was not begun, with {@link IllegalArgumentException} if the device
 *     refused, and with {@link IllegalStateException} if nobody knows whether it was done; each with a sentence.
 */
record Errand<T>(Job<T> job, CompletableFuture<T> result) {
    /** What is to be done. */
    interface Job<T> {
        T run(Session<?> session) throws ConnectorException;
    }

    /** @throws ConnectorException if the connection or a lane of it was lost over it; whoever asked knows already. */
    void run(Session<?> session) throws ConnectorException {
        try {
            result.complete(job.run(session));
        } catch (ConnectorException e) {
            if (e.reason() == Reason.REFUSED) {
                result.completeExceptionally(new IllegalArgumentException(String.valueOf(e.getMessage()), e));
                return;
            }
            unknown("the connection was lost over it: " + e.getMessage());
            throw e;
        } finally {
            unknown("the connector failed over it"); // only left open by something unforeseen
        }
    }

    void unknown(String why) {
        result.completeExceptionally(new IllegalStateException(why));
    }

    void notConnected(String why) {
        result.completeExceptionally(new NotConnectedException(why));
    }
}
