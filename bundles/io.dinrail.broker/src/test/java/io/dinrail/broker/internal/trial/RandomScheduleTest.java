package io.dinrail.broker.internal.trial;

import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Clients that come, go, take over and are thrown out, subscribe, publish and fall silent, a clock that jumps, and a broker that restarts and loses its
 * power, all at random; after each step every client has exactly what a small reference model says. {@code -Dtrial.steps} makes it long, {@code
 * -Dtrial.seed} repeats it.
 */
final class RandomScheduleTest {
    private static final int STEPS = Integer.getInteger("trial.steps", 3_000);
    /** A schedule begins anew after so many, so that one that fails is short. */
    private static final int IN_ONE = 1_500;

    @Test
    void everySessionHasExactlyWhatTheModelSays() throws Exception {
        Long given = Long.getLong("trial.seed");
        int schedules = given == null ? Math.max(1, STEPS / IN_ONE) : 1;
        for (int i = 0; i < schedules; i++) {
            long seed = given == null ? new Random().nextLong() : given;
            try (Schedule schedule = new Schedule(seed)) {
                schedule.run(Math.min(STEPS, IN_ONE));
            } catch (Exception | AssertionError e) {
                throw new AssertionError("with -Dtrial.seed=" + seed, e);
            }
        }
    }
}
