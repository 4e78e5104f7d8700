package io.dinrail.identity.h2.internal.rules;

import static io.dinrail.identity.api.Action.PUBLISH;
import static io.dinrail.identity.api.Action.SUBSCRIBE;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RulesAllocationTest {
    private static final int TIMES = 2_000;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void decidingAllocatesNothing() {
        String[] children = IntStream.range(0, 10_000).mapToObj(i -> "s-" + i).toArray(String[]::new);
        Rights rights = ShippedRules.all()
                .get("gateway")
                .bind(TestFacts.of("gw").as("c").with("child", children));

        assertAllocatesNothing(() -> {
            rights.may(PUBLISH, "telemetry/gw/temperature");
            rights.may(PUBLISH, "alerts/s-9999/minor");
            rights.may(PUBLISH, "alerts/nobody/minor");
            rights.may(PUBLISH, "a+\n");
            rights.may(SUBSCRIBE, "commands/s-77/#");
            rights.may(SUBSCRIBE, "+/+/#");
            rights.mayReceive("commands/s-77/config");
            rights.mayReceive("_system/x");
        });
    }

    @Test
    void matchingChannelsAllocatesNothing() {
        ChannelPattern pattern = ChannelPattern.parse("devices/*/events/**");
        ChannelPatterns patterns = new ChannelPatterns(List.of(pattern, pattern));

        assertAllocatesNothing(() -> {
            pattern.matches("devices/a/events/b/c");
            pattern.covers(pattern);
            patterns.matches("devices/a/nothing");
            patterns.coversFilter("devices/+/events/#");
        });
    }

    /** Of several tries one must be free of it: the compiler or a first use may allocate in between. */
    private void assertAllocatesNothing(Runnable decisions) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20 && least > 0; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < TIMES; i++) {
                decisions.run();
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).isLessThan(TIMES); // not one byte a time
    }
}
