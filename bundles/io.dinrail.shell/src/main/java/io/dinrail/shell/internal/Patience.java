package io.dinrail.shell.internal;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for an answer, at most so long as a person at a terminal likes to. */
final class Patience {
    static final Duration LONGEST = Duration.ofSeconds(10);

    private Patience() {}

    static <T> T await(CompletionStage<T> answer, String what) throws Refused, InterruptedException {
        try {
            return answer.toCompletableFuture().get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new Refused(what + " was not answered within " + LONGEST.toSeconds()
                    + " s: dinrail:connector-list shows how its connector is");
        } catch (ExecutionException e) {
            Throwable cause = Optional.ofNullable(e.getCause()).orElse(e);
            throw new Refused(Optional.ofNullable(cause.getMessage()).orElseGet(cause::toString));
        }
    }
}
