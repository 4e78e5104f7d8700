package io.dinrail.broker.internal.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Clients that come, go, take over and are thrown out, subscribe, publish and fall silent, a clock that jumps, and a broker that restarts and loses its
 * power, all at random; after each step every client has exactly what a small reference model says. {@code -Dtrial.steps} makes it long, {@code
 * -Dtrial.seed} repeats one schedule, {@code -Dtrial.threads} runs more of them at a time: each waits for its own sockets most of its life.
 */
final class RandomScheduleTest {
    private static final int STEPS = Integer.getInteger("trial.steps", 3_000);
    /** A schedule begins anew after so many, so that one that fails is short. */
    private static final int IN_ONE = 1_500;

    private static final int THREADS = Integer.getInteger("trial.threads", 2);

    @Test
    void everySessionHasExactlyWhatTheModelSays() throws Exception {
        Long given = Long.getLong("trial.seed");
        Random random = new Random();
        List<Long> seeds = given != null
                ? List.of(given)
                : Stream.generate(random::nextLong)
                        .limit(Math.max(1, STEPS / IN_ONE))
                        .toList();
        List<Throwable> failures = run(seeds);
        if (!failures.isEmpty()) {
            AssertionError error = new AssertionError(failures.size() + " of " + seeds.size() + " schedules failed");
            failures.forEach(error::addSuppressed);
            throw error;
        }
    }

    private static List<Throwable> run(List<Long> seeds) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Throwable> failures = new ArrayList<>();
        try {
            List<Callable<Void>> schedules =
                    seeds.stream().map(RandomScheduleTest::schedule).toList();
            for (Future<Void> one : threads.invokeAll(schedules)) {
                try {
                    one.get();
                } catch (ExecutionException e) {
                    failures.add(e.getCause());
                }
            }
        } finally {
            threads.shutdownNow();
        }
        return failures;
    }

    private static Callable<Void> schedule(long seed) {
        return () -> {
            try (Schedule schedule = new Schedule(seed)) {
                schedule.run(Math.min(STEPS, IN_ONE));
                return null;
            } catch (Exception | AssertionError e) {
                throw new AssertionError("with -Dtrial.seed=" + seed, e);
            }
        };
    }
}
