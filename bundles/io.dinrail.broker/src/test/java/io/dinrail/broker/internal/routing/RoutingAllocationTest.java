package io.dinrail.broker.internal.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class RoutingAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final SubscriptionIndex<String> index = new SubscriptionIndex<>();
    private final SharedGroups<String> groups = new SharedGroups<>();
    private final RetainedIndex<String> retained = new RetainedIndex<>(String::length, (count, bytes) -> true);
    private long sum;

    @Test
    void aMatchAllocatesNothing() {
        for (int i = 0; i < 2000; i++) {
            index.add("devices/" + i + "/status", "own " + i, i);
            index.add(i % 2 == 0 ? "devices/#" : "devices/+/status", "wild " + i, i);
        }
        SubscriptionIndex.Visitor<String> visitor = (subscriber, options) -> sum += options;
        assertThat(allocatedBy(() -> index.match("devices/4711/status", visitor)))
                .isZero();
        assertThat(allocatedBy(() -> index.match("devices/1234/status", visitor)))
                .isZero();
        assertThat(allocatedBy(() -> index.match("dévices/中", visitor))).isZero();
    }

    @Test
    void anOfferToAGroupAllocatesNothing() {
        for (int i = 0; i < 10; i++) {
            groups.add("g", "devices/#", "member " + i, i);
        }
        SharedGroup.Taker<String> taker = (member, options) -> options % 2 == 0;
        SubscriptionIndex.Visitor<SharedGroup<String>> visitor = (group, options) -> sum += group.offer(taker) ? 1 : 0;
        assertThat(allocatedBy(() -> groups.match("devices/4711/status", visitor)))
                .isZero();
    }

    @Test
    void goingOnWithAVisitAllocatesNothing() {
        for (int i = 0; i < 100_000; i++) {
            retained.put("devices/" + i + "/status", "message");
        }
        RetainedVisit.Visitor<String> visitor = message -> {
            sum += message.length();
            return true;
        };
        retained.visit("#").advance(Integer.MAX_VALUE, visitor);
        RetainedVisit<String> visit = retained.visit("devices/#");
        visit.advance(1000, visitor);
        assertThat(allocatedBy(() -> visit.advance(5, visitor))).isZero();
    }

    /** The least of several rounds: a compiler or a first use may allocate in one of them, the code measured would in all. */
    private static long allocatedBy(Runnable work) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 200; i++) {
                work.run();
            }
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}
