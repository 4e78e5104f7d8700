package io.dinrail.identity.h2.internal.keys;

import static io.dinrail.identity.h2.internal.keys.Surroundings.ADMIN;
import static io.dinrail.identity.h2.internal.keys.Surroundings.attempt;

import io.dinrail.identity.api.ApiKeys.NewKey;
import io.dinrail.identity.api.ApiKeys.TokenOrder;
import io.dinrail.identity.api.Attempt;
import io.dinrail.identity.h2.internal.login.Proof;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How long it takes to let 10,000 devices in by token: each for the first time, and again. */
public final class TokenBench {
    private static final int DEVICES = 10_000;

    private TokenBench() {}

    /** Prints processor time for each login, the virtual machine cold and warm. */
    public static void main(String[] args) throws Exception {
        Surroundings around = new Surroundings();
        KeyBook keys = around.keys();
        NewKey key = keys.create(ADMIN, "default", "bench", List.of(), Set.of());
        for (int round = 1; round <= 3; round++) {
            List<Attempt> attempts = tokens(keys, key, round);
            System.out.printf(
                    "round %d: first login %.1f us, again %.1f us%n", round, all(keys, attempts), all(keys, attempts));
        }
        around.memory.close();
    }

    private static List<Attempt> tokens(KeyBook keys, NewKey key, int round) throws Exception {
        List<Attempt> attempts = new ArrayList<>();
        for (int i = 0; i < DEVICES; i++) {
            String name = "device-" + i;
            List<String> channels = List.of("telemetry/" + name + "/**", "devices/" + name + "/*");
            TokenOrder order = new TokenOrder(name, Optional.of(channels), Optional.empty(), Duration.ofHours(round));
            attempts.add(attempt(keys.mint(ADMIN, key.key().id(), order)));
        }
        return attempts;
    }

    private static double all(KeyBook keys, List<Attempt> attempts) {
        var threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < DEVICES; i++) {
            Proof proof = keys.prove("default", "device-" + i, attempts.get(i))
                    .toCompletableFuture()
                    .join();
            if (!(proof instanceof Proof.Proven)) {
                throw new IllegalStateException(proof.toString());
            }
        }
        return (threads.getCurrentThreadCpuTime() - before) / 1000.0 / DEVICES;
    }
}
