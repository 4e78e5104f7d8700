package io.dinrail.identity.h2.internal.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.dinrail.identity.api.Access;
import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Principal;
import io.dinrail.identity.h2.internal.login.GateWorld.Ears;
import io.dinrail.identity.h2.internal.login.GateWorld.Entry;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LiveAccessAllocationTest {
    private static final int DECISIONS = 100_000;

    @Test
    void aDecisionAllocatesNothingEvenWhereTimeIsLimited() {
        AccessTable table = new AccessTable(new SteadyClock(Clock.systemUTC(), System::nanoTime));
        try (GateWorld world = new GateWorld()) {
            LiveAccess access = access(table, world);
            assertThat(access.bind("press-1")).isTrue();
            decide(access);

            long before = allocated();
            decide(access);

            assertThat(allocated() - before).as("bytes").isLessThan(DECISIONS / 10);
        } finally {
            table.stop();
        }
    }

    private static LiveAccess access(AccessTable table, GateWorld world) {
        Principal principal = new Principal(Principal.Kind.DEVICE, Organisation.DEFAULT, "press-1");
        Entry entry = new Entry(principal, "", "device", List.of("press-1"), Optional.empty());
        Proof.Proven proven = new Proof.Proven(
                entry.principal(),
                entry.clientIds(),
                entry.ruleSet(),
                Optional.empty(),
                Map.of(),
                Optional.of(Instant.now().plusSeconds(600)),
                Set.of(),
                () -> true);
        LiveOrigin origin = new LiveOrigin(
                "",
                new Ears(),
                any -> Optional.of(facts -> new OneTopic("t/press-1")),
                id -> false,
                () -> proven,
                world.trail);
        return table.open(proven, origin, 0).orElseThrow();
    }

    private static void decide(Access access) {
        for (int i = 0; i < DECISIONS; i++) {
            if (!access.may(Action.PUBLISH, "t/press-1") || !access.mayReceive("t/press-1")) {
                throw new AssertionError("denied");
            }
        }
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    /** The least that rights can be. */
    private record OneTopic(String topic) implements io.dinrail.identity.h2.internal.rules.Rights {
        @Override
        public boolean may(Action action, String asked) {
            return topic.equals(asked);
        }

        @Override
        public boolean mayReceive(String asked) {
            return topic.equals(asked);
        }

        @Override
        public io.dinrail.identity.api.Decision explain(Action action, String asked) {
            return new io.dinrail.identity.api.Decision(may(action, asked), topic, Map.of());
        }
    }
}
