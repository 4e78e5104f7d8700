package io.dinrail.identity.h2.internal.login;

import io.dinrail.identity.api.Admission.Reason;
import io.dinrail.identity.h2.internal.audit.AddressBlock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks passwords one at a time, so that guessing costs the platform one core at most; a few wait, of one address fewer still. */
final class PasswordQueue implements AutoCloseable {
    static final int MOST_WAITING = 64;
    static final int MOST_OF_ONE = 8;
    static final Proof BUSY = new Proof.Failed(Reason.UNAVAILABLE, "busy");
    private static final Logger LOG = LoggerFactory.getLogger(PasswordQueue.class);
    private static final int STOP_SECONDS = 5;

    private final OncePerMinute failures = new OncePerMinute();
    private final Map<String, Integer> byBlock = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor worker = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), PasswordQueue::thread);

    CompletionStage<Proof> submit(String address, Supplier<Proof> check) {
        Waiting waiting = new Waiting(AddressBlock.of(address), check);
        if (byBlock.merge(waiting.block, 1, Integer::sum) > MOST_OF_ONE) {
            waiting.end(BUSY);
            return waiting.answer;
        }
        if (!begun(waiting) && !(makeRoom(waiting.block) && begun(waiting))) {
            waiting.end(BUSY);
        }
        return waiting.answer;
    }

    private boolean begun(Waiting waiting) {
        try {
            worker.execute(waiting);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** Few addresses could keep all others out, so the newest of those with most in the queue gives way to one with less. */
    private boolean makeRoom(String block) {
        int own = byBlock.getOrDefault(block, 0);
        Optional<Waiting> giving = worker.getQueue().stream()
                .map(Waiting.class::cast)
                .filter(each -> byBlock.getOrDefault(each.block, 0) > own)
                .reduce((one, other) -> many(other) >= many(one) ? other : one);
        giving.filter(each -> worker.getQueue().remove(each)).ifPresent(each -> each.end(BUSY));
        return giving.isPresent();
    }

    private int many(Waiting waiting) {
        return byBlock.getOrDefault(waiting.block, 0);
    }

    /** Those who wait are told; the one that is being checked is waited for. */
    @Override
    public void close() {
        worker.shutdownNow().forEach(each -> ((Waiting) each).end(BUSY));
        try {
            if (!worker.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("a password check did not end within {} s", STOP_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "dinrail-identity-passwords");
        thread.setDaemon(true);
        return thread;
    }

    private final class Waiting implements Runnable {
        private final CompletableFuture<Proof> answer = new CompletableFuture<>();
        private final String block;
        private final Supplier<Proof> check;

        Waiting(String block, Supplier<Proof> check) {
            this.block = block;
            this.check = check;
        }

        @Override
        public void run() {
            Proof proof = new Proof.Failed(Reason.UNAVAILABLE, "failed");
            try {
                proof = check.get();
            } catch (RuntimeException e) {
                failures.log(() -> LOG.error("a password could not be checked: report this", e));
            } finally {
                end(proof);
            }
        }

        void end(Proof proof) {
            byBlock.computeIfPresent(block, (key, count) -> count > 1 ? count - 1 : null);
            answer.complete(proof);
        }
    }
}
