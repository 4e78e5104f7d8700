package io.dinrail.broker.internal.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SubscriptionIndexRaceTest {
    private static final List<String> STEADY =
            List.of("#", "+/+/+", "a/#", "a/+/c", "a/b/c", "a/b/+", "+/b/#", "a/b/c/#");
    private static final int WRITERS = 3;
    private static final int CHANGES = 20_000;

    private final SubscriptionIndex<String> index = new SubscriptionIndex<>();

    @Test
    void aMatchSeesEverySubscriptionThatWasThereThroughoutAndNoneTwice() throws Exception {
        STEADY.forEach(filter -> index.add(filter, "steady " + filter, 1));
        AtomicBoolean done = new AtomicBoolean();
        List<Callable<Void>> writers = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            int number = writer;
            writers.add(() -> churn(number));
        }
        Runnable check = () -> {
            Map<String, Integer> found = new HashMap<>();
            index.match("a/b/c", (subscriber, options) -> found.merge(subscriber + " " + options, 1, Integer::sum));
            assertThat(found.keySet())
                    .containsAll(STEADY.stream()
                            .map(filter -> "steady " + filter + " 1")
                            .toList());
            assertThat(found.values()).containsOnly(1);
        };
        race(writers, check, done);
        assertThat(index.size()).isEqualTo(STEADY.size());
    }

    @Test
    void aSubscriberThatMovesFromFilterToFilterMissesNothing() throws Exception {
        List<String> filters = List.of("a/b/c", "#", "a/+/c", "a/#");
        index.add(filters.get(0), "mover", 0);
        AtomicBoolean done = new AtomicBoolean();
        Callable<Void> mover = () -> {
            for (int i = 0; i < CHANGES; i++) {
                index.add(filters.get((i + 1) % 4), "mover", i);
                index.remove(filters.get(i % 4), "mover");
            }
            return null;
        };
        Runnable check = () -> {
            int[] found = {0};
            index.match("a/b/c", (subscriber, options) -> found[0]++);
            assertThat(found[0]).isBetween(1, 2);
        };
        race(List.of(mover), check, done);
    }

    private static void race(List<Callable<Void>> writers, Runnable check, AtomicBoolean done) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            Callable<Integer> reader = () -> {
                int checks = 0;
                while (!done.get() || checks == 0) {
                    check.run();
                    checks++;
                }
                return checks;
            };
            List<Future<Integer>> readers = List.of(threads.submit(reader), threads.submit(reader));
            for (Future<Void> writer : threads.invokeAll(writers)) {
                writer.get();
            }
            done.set(true);
            for (Future<Integer> checks : readers) {
                assertThat(checks.get()).isPositive();
            }
        } finally {
            done.set(true);
            threads.shutdownNow();
        }
    }

    private Void churn(int number) {
        Random random = new Random(number);
        Map<String, String> mine = new HashMap<>();
        for (int i = 0; i < CHANGES; i++) {
            String filter = random.nextBoolean() ? Standard.filter(random) : STEADY.get(random.nextInt(STEADY.size()));
            String subscriber = number + " " + random.nextInt(100);
            index.add(filter, subscriber, i);
            String left = mine.put(subscriber, filter);
            if (left != null && !left.equals(filter)) {
                index.remove(left, subscriber);
            }
        }
        mine.forEach((subscriber, filter) -> index.remove(filter, subscriber));
        return null;
    }
}
