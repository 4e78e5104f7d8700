package io.dinrail.broker.internal.routing;

import java.util.Locale;
import java.util.Random;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/** Prints what a million subscriptions and a hundred thousand retained messages cost, on one thread; give it 2 GB. */
final class RoutingBench {
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

    public static void main(String[] args) {
        RoutingBench bench = new RoutingBench();
        bench.subscriptions("exact, commands/ID", i -> "commands/dev-" + i);
        bench.subscriptions("exact, devices/ID/status", i -> "devices/dev-" + i + "/status");
        bench.subscriptions("exact, 1,000 sites", i -> "plant/site-" + i % 1000 + "/line/" + i + "/cmd");
        bench.subscriptions("wildcards in the middle", i -> "org/+/dev-" + i + "/+/#");
        bench.subscriptions("one filter", i -> "news/all");
        bench.mixed();
        bench.fanOut();
        bench.retained();
    }

    private void subscriptions(String shape, IntFunction<String> filter) {
        SubscriptionIndex<Integer> index = new SubscriptionIndex<>();
        long before = used();
        long start = System.nanoTime();
        for (int i = 0; i < MANY; i++) {
            index.add(filter.apply(i), subscribers[i], 1);
        }
        double seconds = since(start);
        print("%-26s %5d bytes each, first filled at %,10.0f/s", shape, (used() - before) / MANY, MANY / seconds);
        if (!filter.apply(1).equals(filter.apply(2))) {
            match(index, "  matched", i -> filter.apply(i).replace("+", "x").replace("#", "y"));
        }
        rate("  removed and added again", 300_000, 3, n -> {
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

    private void match(SubscriptionIndex<Integer> index, String what, IntFunction<String> name) {
        String[] topics = new String[200_000];
        for (int i = 0; i < topics.length; i++) {
            topics[i] = name.apply(RANDOM.nextInt(MANY - 1000));
        }
        SubscriptionIndex.Visitor<Integer> visitor = (subscriber, options) -> visited++;
        rate(what, 2_000_000, 4, n -> index.match(topics[n % topics.length], visitor));
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
            long start = System.nanoTime();
            for (int i = 0; i < times; i++) {
                work.accept(i);
            }
            best = Math.max(best, times / since(start));
        }
        print("%-38s %,12.0f/s", what, best);
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e9;
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
