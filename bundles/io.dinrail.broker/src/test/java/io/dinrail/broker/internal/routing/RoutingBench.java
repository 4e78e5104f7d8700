package io.dinrail.broker.internal.routing;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/**
 * Prints what a million subscriptions and a hundred thousand retained messages cost, by the CPU time of one thread, so that a busy machine matters
 * less; give it 2 GB.
 */
final class RoutingBench {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int MANY = 1_000_000;
    private static final int RETAINED = 100_000;
    private static final Random RANDOM = new Random(1);

    private final Integer[] subscribers = new Integer[MANY];
    private long visited;

    private RoutingBench() {
        for (int i = 0; i < MANY; i++) {
            subscribers[i] = i;
        }
    }

    public static void main(String[] args) throws InterruptedException {
        RoutingBench bench = new RoutingBench();
        bench.subscriptions("exact, commands/ID", i -> "commands/dev-" + i);
        bench.subscriptions("exact, devices/ID/status", i -> "devices/dev-" + i + "/status");
        bench.subscriptions("exact, 1,000 sites", i -> "plant/site-" + i % 1000 + "/line/" + i + "/cmd");
        bench.subscriptions("wildcards in the middle", i -> "org/+/dev-" + i + "/+/#");
        bench.subscriptions("one filter", i -> "news/all");
        bench.mixed();
        bench.fanOut();
        bench.worst();
        bench.shared();
        bench.whileOthersChurn();
        bench.retained();
    }

    private void subscriptions(String shape, IntFunction<String> filter) {
        SubscriptionIndex<Integer> index = new SubscriptionIndex<>();
        long before = used();
        long start = now();
        for (int i = 0; i < MANY; i++) {
            index.add(filter.apply(i), subscribers[i], 1);
        }
        double seconds = since(start);
        print("%-26s %5d bytes each, first filled at %,10.0f/s", shape, (used() - before) / MANY, MANY / seconds);
        if (!filter.apply(1).equals(filter.apply(2))) {
            match(index, "  matched", i -> filter.apply(i).replace("+", "x").replace("#", "y"));
        }
        rate("  removed and added again", 200_000, 2, n -> {
            int i = RANDOM.nextInt(MANY);
            String name = filter.apply(i);
            index.remove(name, subscribers[i]);
            index.add(name, subscribers[i], 2);
        });
    }

    private void mixed() {
        SubscriptionIndex<Integer> index = new SubscriptionIndex<>();
        for (int i = 0; i < MANY - 1000; i++) {
            index.add(i % 10 == 0 ? "devices/dev-" + i + "/+/#" : "devices/dev-" + i + "/status", subscribers[i], 1);
        }
        for (int i = 0; i < 997; i++) {
            index.add("+/+/+/x" + i + "/#", subscribers[i], 1);
        }
        index.add("#", subscribers[0], 1);
        index.add("devices/+/status", subscribers[0], 1);
        index.add("+/+/#", subscribers[0], 1);
        match(index, "mixed, 4 wildcards match", i -> "devices/dev-" + i + "/status");
        match(index, "the same 1,000 topics", i -> "devices/dev-" + i % 1000 + "/status");
    }

    private void fanOut() {
        SubscriptionIndex<Integer> index = new SubscriptionIndex<>();
        for (int i = 0; i < MANY; i++) {
            index.add("news/" + i / 1000, subscribers[i], 1);
        }
        SubscriptionIndex.Visitor<Integer> visitor = (subscriber, options) -> visited++;
        rate("fan-out to 1,000", 20_000, 5, n -> index.match("news/7", visitor));
    }

    private void shared() {
        SharedGroups<Integer> groups = new SharedGroups<>();
        for (int i = 0; i < 100_000; i++) {
            groups.add("group-" + i / 100, "jobs/" + i / 100 + "/#", subscribers[i], 1);
        }
        SharedGroup.Taker<Integer> taker = (member, options) -> ++visited > 0;
        SubscriptionIndex.Visitor<SharedGroup<Integer>> visitor = (group, options) -> group.offer(taker);
        rate("offered to a group of 100", 2_000_000, 4, n -> groups.match("jobs/77/new", visitor));
        rate("joined and left, group of 100,000", 100_000, 4, n -> {
            groups.add("large", "jobs", subscribers[n], 1);
            if (n >= 50_000) {
                groups.remove("large", "jobs", subscribers[n - 50_000]);
            }
        });
    }

    /** Every beginning matches and no filter does: the most work that so many subscriptions can make of one message. */
    private void worst() {
        SubscriptionIndex<Integer> index = new SubscriptionIndex<>();
        for (int i = 0; i < 1 << 14; i++) {
            StringBuilder filter = new StringBuilder();
            for (int bit = 0; bit < 14; bit++) {
                filter.append((i >> bit & 1) == 0 ? "a/" : "+/");
            }
            index.add(filter.append("b").toString(), subscribers[i], 1);
        }
        SubscriptionIndex.Visitor<Integer> visitor = (subscriber, options) -> visited++;
        rate("worst of 16,384 filters", 1000, 4, n -> index.match("a/".repeat(14) + "c", visitor));
    }

    private void whileOthersChurn() throws InterruptedException {
        SubscriptionIndex<Integer> index = new SubscriptionIndex<>();
        for (int i = 0; i < MANY; i++) {
            index.add("devices/dev-" + i + "/status", subscribers[i], 1);
        }
        AtomicBoolean done = new AtomicBoolean();
        AtomicLong changes = new AtomicLong();
        Thread churn = new Thread(() -> {
            for (int i = 0; !done.get(); i = (i + 7919) % MANY) {
                index.remove("devices/dev-" + i + "/status", subscribers[i]);
                index.add("devices/dev-" + i + "/status", subscribers[i], 1);
                changes.addAndGet(2);
            }
        });
        churn.start();
        match(index, "matched while another thread churns", i -> "devices/dev-" + i + "/status");
        done.set(true);
        churn.join();
        print("  with %,d changes in all", changes.get());
    }

    private void match(SubscriptionIndex<Integer> index, String what, IntFunction<String> name) {
        String[] topics = new String[200_000];
        for (int i = 0; i < topics.length; i++) {
            topics[i] = name.apply(RANDOM.nextInt(MANY - 1000));
        }
        SubscriptionIndex.Visitor<Integer> visitor = (subscriber, options) -> visited++;
        rate(what, 1_000_000, 3, n -> index.match(topics[n % topics.length], visitor));
    }

    private void retained() {
        RetainedIndex<Integer> index = new RetainedIndex<>(message -> 100, (count, bytes) -> true);
        long before = used();
        for (int i = 0; i < RETAINED; i++) {
            index.put("devices/dev-" + i + "/status", subscribers[i]);
        }
        print("%-26s %5d bytes each", "retained", (used() - before) / RETAINED);
        String[] topics = new String[RETAINED];
        for (int i = 0; i < RETAINED; i++) {
            topics[i] = "devices/dev-" + RANDOM.nextInt(RETAINED) + "/status";
        }
        rate("  replaced", 1_000_000, 4, n -> index.put(topics[n % RETAINED], subscribers[n % RETAINED]));
        rate("  removed and put again", 300_000, 4, n -> {
            index.remove(topics[n % RETAINED]);
            index.put(topics[n % RETAINED], subscribers[n % RETAINED]);
        });
        for (String filter : new String[] {"#", "devices/+/status", "devices/+/none"}) {
            rate("  100,000 visited by " + filter, 20, 3, n -> {
                RetainedVisit<Integer> visit = index.visit(filter);
                while (visit.advance(1000, message -> ++visited > 0)) {
                    Thread.onSpinWait();
                }
            });
        }
    }

    private static void rate(String what, int times, int rounds, IntConsumer work) {
        double best = 0;
        for (int round = 0; round < rounds; round++) {
            long start = now();
            for (int i = 0; i < times; i++) {
                work.accept(i);
            }
            best = Math.max(best, times / since(start));
        }
        print("%-38s %,12.0f/s", what, best);
    }

    private static long now() {
        return THREADS.getCurrentThreadCpuTime();
    }

    private static double since(long start) {
        return (now() - start) / 1e9;
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
