package io.dinrail.identity.h2.internal.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dinrail.identity.api.Access;
import io.dinrail.identity.api.AccessListener.End;
import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Admission;
import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Principal;
import io.dinrail.identity.h2.internal.login.GateWorld.Ears;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class GateRaceTest {
    private static final String PRESS = "credential:default/press-1";
    private static final int ROUNDS = 500;

    private final GateWorld world = new GateWorld();
    private final ExecutorService two = Executors.newFixedThreadPool(2);

    @AfterEach
    void end() throws InterruptedException {
        two.shutdownNow();
        assertThat(two.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
        world.close();
    }

    @Test
    void nobodyWhoseCredentialIsRevokedWhileHeLogsInIsLeftWithRights() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            put();
            Ears ears = new Ears();
            Future<Admission> admission = together(
                    () -> {
                        Admission answer = world.admit(GateWorld.attempt("press-1", "right"), ears);
                        if (answer instanceof Admission.Admitted admitted) {
                            admitted.access().bind("press-1");
                        }
                        return answer;
                    },
                    () -> {
                        world.books.entries.clear();
                        world.table.end(PRESS, End.REVOKED);
                    });
            if (admission.get() instanceof Admission.Admitted admitted) {
                assertThat(admitted.access().may(Action.PUBLISH, "t/press-1")).isFalse();
                await().pollInterval(1, TimeUnit.MILLISECONDS).until(() -> ears.heard.equals(List.of("REVOKED")));
            }
        }
        await().until(world.table::isEmpty);
    }

    @Test
    void theLastRulesWinHoweverBindingAndChangingMeet() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            put();
            world.rules.put(Organisation.DEFAULT, "device", "old");
            Access access = world.access("press-1", "right", new Ears());
            together(() -> access.bind("press-1"), () -> world.rules.put(Organisation.DEFAULT, "device", "new"))
                    .get();
            await().pollInterval(1, TimeUnit.MILLISECONDS).until(() -> access.may(Action.PUBLISH, "new"));
            assertThat(access.may(Action.PUBLISH, "old")).isFalse();
            access.close();
        }
    }

    @Test
    void whoeverEndsItFirstItIsCountedOnce() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            put();
            Access access = world.access("press-1", "right", new Ears());
            access.bind("press-1");
            world.table.changed(PRESS);
            together(
                            () -> {
                                access.close();
                                return true;
                            },
                            () -> world.table.end(PRESS, End.DISABLED))
                    .get();
            assertThat(access.may(Action.PUBLISH, "t/press-1")).isFalse();
        }
        await().until(world.table::isEmpty);
    }

    @RepeatedTest(20)
    void aTimeThatIsMovedWhileItEndsLeavesNothingBehind() throws Exception {
        put();
        Access access = world.access("press-1", "right", new Ears());
        Principal principal = access.principal();
        world.books.put(new GateWorld.Entry(
                principal,
                "right",
                "device",
                List.of("press-1"),
                java.util.Optional.of(GateWorld.NOON.plusSeconds(9))));
        together(
                        () -> {
                            world.table.changed(PRESS);
                            return true;
                        },
                        access::close)
                .get();

        await().until(world.table::isEmpty);
    }

    private void put() {
        world.books.put(Principal.Kind.DEVICE, Organisation.DEFAULT, "press-1", "right");
    }

    private <T> Future<T> together(Callable<T> one, Runnable other) throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        Future<T> first = two.submit(() -> {
            start.await();
            return one.call();
        });
        two.submit(() -> {
                    start.await();
                    other.run();
                    return true;
                })
                .get();
        return first;
    }
}
