package io.dinrail.identity.h2.internal.rules;

import static io.dinrail.identity.api.Action.PUBLISH;
import static io.dinrail.identity.api.Action.SUBSCRIBE;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Prints how many decisions one core makes in a second and what each allocates; run by hand. */
final class RulesBench {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 5;
    private static final int TIMES = 500_000;

    private RulesBench() {}

    public static void main(String[] args) {
        Rights device = gatewayOf(0);
        measure("shipped, first rule", true, () -> device.may(PUBLISH, "telemetry/press-17/temperature"));
        measure("shipped, no rule", false, () -> device.may(PUBLISH, "telemetry/press-18/temperature"));
        measure("shipped, received", true, () -> device.mayReceive("commands/press-17/config"));
        ofRules(1);
        ofRules(100);
        ofChildren(10);
        ofChildren(10_000);
        Facts facts = TestFacts.of("press-17").with("fleet", "north");
        RuleDocument document = ownRules(100);
        measure("100 rules, bound to a connection", true, () -> document.bind(facts) != null);
    }

    private static void ofRules(int count) {
        Rights rights = ownRules(count).bind(TestFacts.of("press-17"));
        String last = "plant/press-17/area-" + (count - 1) + "/temperature";
        String none = "plant/press-17/area-x/temperature";
        measure(count + " rules, last matches", true, () -> rights.may(PUBLISH, last));
        measure(count + " rules, none matches", false, () -> rights.may(PUBLISH, none));
        String below = last + "/#";
        measure(count + " rules, filter, last covers", true, () -> rights.may(SUBSCRIBE, below));
        measure(count + " rules, filter, none covers", false, () -> rights.may(SUBSCRIBE, "plant/+/+/temperature"));
        measure(count + " rules, received", true, () -> rights.mayReceive(last));
    }

    private static void ofChildren(int count) {
        Rights rights = gatewayOf(count);
        String child = "alerts/sensor-" + (count - 1) + "/minor";
        String stranger = "alerts/sensor-" + count + "/minor";
        measure(count + " children, publish", true, () -> rights.may(PUBLISH, child));
        measure(count + " children, somebody else's", false, () -> rights.may(PUBLISH, stranger));
    }

    private static RuleDocument ownRules(int count) {
        String rules = IntStream.range(0, count)
                .mapToObj(i -> "{\"user\": \"%\", \"topic\": \"plant/%u/area-" + i + "/#\", \"permission\": \"both\"}")
                .collect(Collectors.joining(","));
        return RuleDocument.parse("own", "[" + rules + "]").document().orElseThrow();
    }

    private static Rights gatewayOf(int children) {
        String[] names =
                IntStream.range(0, children).mapToObj(i -> "sensor-" + i).toArray(String[]::new);
        return ShippedRules.all().get("gateway").bind(TestFacts.of("press-17").with("child", names));
    }

    private static void measure(String what, boolean expected, BooleanSupplier decision) {
        double best = 0;
        long bytes = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long allocated = THREADS.getCurrentThreadAllocatedBytes();
            long start = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < TIMES; i++) {
                if (decision.getAsBoolean() != expected) {
                    throw new IllegalStateException(what + " decides wrongly");
                }
            }
            best = Math.max(best, TIMES / ((THREADS.getCurrentThreadCpuTime() - start) / 1e9));
            bytes = Math.min(bytes, THREADS.getCurrentThreadAllocatedBytes() - allocated);
        }
        System.out.printf(
                Locale.ROOT, "%-34s %8.2f M/s %7.0f ns %5d bytes%n", what, best / 1e6, 1e9 / best, bytes / TIMES);
    }
}
