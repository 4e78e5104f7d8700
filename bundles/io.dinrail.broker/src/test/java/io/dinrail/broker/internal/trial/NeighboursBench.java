package io.dinrail.broker.internal.trial;

import io.dinrail.broker.internal.protocol.MqttVersion;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** How much longer the others' messages take, QoS 1 and 300 a second, while the neighbours are a nuisance: quiet and noisy in turn, the engine in another process. */
final class NeighboursBench {
    private static final int MESSAGES = 3_000;
    private static final long PACE = TimeUnit.SECONDS.toNanos(1) / 300;

    private NeighboursBench() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("neighbours");
        ExecutorService threads = Executors.newCachedThreadPool();
        try (Victim engine = new Victim(folder.resolve("store"))) {
            engine.start();
            InetSocketAddress broker = engine.awaitStart();
            latencies(broker); // warms up
            for (int round = 1; round <= 3; round++) {
                long[] quiet = latencies(broker);
                long[] noisy;
                try (Nuisances nuisances = new Nuisances(broker)) {
                    threads.execute(() -> endlessly(() -> nuisances.flood(5_000, 500)));
                    threads.execute(() -> endlessly(() -> nuisances.comeAndGo(5_000)));
                    noisy = latencies(broker);
                }
                System.out.printf(
                        "round %d: p50 %.2f / %.2f ms, p99 %.2f / %.2f ms, ratio of the p99 %.1f%n",
                        round,
                        at(quiet, 0.5),
                        at(noisy, 0.5),
                        at(quiet, 0.99),
                        at(noisy, 0.99),
                        at(noisy, 0.99) / at(quiet, 0.99));
            }
        }
        threads.shutdownNow();
        System.exit(0);
    }

    private interface Nuisance {
        void act() throws IOException;
    }

    private static void endlessly(Nuisance nuisance) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                nuisance.act();
            }
        } catch (IOException | AssertionError e) {
            // its connections are closed: the round is over
        }
    }

    private static long[] latencies(InetSocketAddress broker) throws IOException {
        long[] took = new long[MESSAGES];
        int[] heard = {0};
        try (Device receiver = new Device("bench-receiver", MqttVersion.V5).hears(one -> heard[0]++);
                Device publisher = new Device("bench-publisher", MqttVersion.V5)) {
            receiver.connect(broker);
            receiver.subscribe("bench/pair", 1);
            publisher.connect(broker);
            long due = System.nanoTime();
            for (int i = 0; i < MESSAGES; i++) {
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                publisher.publish("bench/pair", "m", 1, false);
                while (heard[0] <= i) {
                    receiver.step(Wire.PATIENCE);
                }
                took[i] = System.nanoTime() - due;
                due += PACE;
                publisher.step(0);
            }
        }
        Arrays.sort(took);
        return took;
    }

    /** Milliseconds. */
    private static double at(long[] sorted, double part) {
        return sorted[(int) (sorted.length * part)] / 1e6;
    }
}
