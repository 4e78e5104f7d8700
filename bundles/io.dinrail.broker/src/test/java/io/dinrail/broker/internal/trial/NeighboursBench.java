package io.dinrail.broker.internal.trial;

import io.dinrail.broker.internal.engine.TestEngine;
import io.dinrail.broker.internal.protocol.MqttVersion;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How much longer the others' messages take, QoS 1 to a session that is kept and 100 a second, while the neighbours are a nuisance: quiet and noisy in
 * turn. The engine keeps the {@code limits} of publishers that are shipped or has none, {@code unlimited}, in a process of its own; so are the nuisances, of a lower
 * priority, as they'd be on other machines.
 */
final class NeighboursBench {
    private static final int MESSAGES = 2_000;
    private static final int PUBLISHERS = 2;
    private static final long PACE = TimeUnit.SECONDS.toNanos(1) / 100;

    private NeighboursBench() {}

    /** Rounds, {@code limits} or {@code unlimited}, and perhaps options for the engine's JVM. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("neighbours");
        List<String> options =
                new ArrayList<>(List.of("-Xmx256m", "-Xmn96m", "-XX:SurvivorRatio=3", "-XX:+UseSerialGC"));
        options.addAll(Arrays.asList(arguments).subList(2, arguments.length));
        List<String> run = java(options, TestEngine.class, "0", folder.toString(), arguments[1]);
        Process engine = new ProcessBuilder(run)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            int port = engine.inputReader()
                    .lines()
                    .filter(line -> line.startsWith("serving on "))
                    .mapToInt(line -> Integer.parseInt(line.replaceFirst("serving on (\\d+).*", "$1")))
                    .findFirst()
                    .orElseThrow();
            rounds(new InetSocketAddress("127.0.0.1", port), Integer.parseInt(arguments[0]), engine.pid());
        } finally {
            engine.destroy();
            engine.waitFor();
        }
    }

    private static void rounds(InetSocketAddress broker, int rounds, long engine)
            throws IOException, InterruptedException {
        latencies(broker); // warms up
        List<String> nuisances = new ArrayList<>(List.of("nice", "-n", "10"));
        nuisances.addAll(java(List.of("-Xmx128m"), NeighboursBench.Noise.class, String.valueOf(broker.getPort())));
        for (int round = 0; round <= rounds; round++) {
            long[] quiet = latencies(broker);
            Process noise = new ProcessBuilder(nuisances).inheritIO().start();
            TimeUnit.SECONDS.sleep(2);
            long[] noisy = latencies(broker);
            noise.destroyForcibly().waitFor();
            System.out.printf(
                    "%s: p50 %.2f / %.2f ms, p99 %.2f / %.2f ms, ratio of the p99 %.1f, resident memory %s%n",
                    round == 0 ? "warm-up" : "round " + round,
                    at(quiet, 0.5),
                    at(noisy, 0.5),
                    at(quiet, 0.99),
                    at(noisy, 0.99),
                    at(noisy, 0.99) / at(quiet, 0.99),
                    resident(engine));
        }
    }

    private static List<String> java(List<String> options, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static String resident(long process) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> line.substring("VmRSS:".length()).strip())
                .findAny()
                .orElse("unknown");
    }

    /** The nuisances of one round, until they are killed: the port. */
    static final class Noise {
        private Noise() {}

        public static void main(String[] arguments) throws IOException {
            Nuisances nuisances = new Nuisances(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])));
            ExecutorService threads = Executors.newCachedThreadPool();
            threads.execute(() -> endlessly("flood", () -> nuisances.flood(5_000, 500)));
            threads.execute(() -> endlessly("passers-by", () -> nuisances.comeAndGo(5_000)));
        }

        private static void endlessly(String name, Nuisance nuisance) {
            try {
                while (true) {
                    nuisance.act();
                }
            } catch (IOException | AssertionError e) {
                System.err.println(name + " ended: " + e);
            }
        }
    }

    private interface Nuisance {
        void act() throws IOException;
    }

    private static long[] latencies(InetSocketAddress broker) throws IOException {
        long[] took = new long[MESSAGES];
        int[] heard = {0};
        List<Device> publishers = new ArrayList<>();
        try (Device receiver = new Device("bench-receiver", MqttVersion.V5).hears(one -> heard[0]++)) {
            receiver.connect(broker);
            receiver.subscribe("bench/pair", 1);
            for (int i = 0; i < PUBLISHERS; i++) {
                publishers.add(new Device("bench-publisher-" + i, MqttVersion.V5));
                publishers.get(i).connect(broker);
            }
            long due = System.nanoTime();
            for (int i = 0; i < MESSAGES; i++) {
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                Device publisher = publishers.get(i % PUBLISHERS);
                publisher.publish("bench/pair", "m", 1, false);
                while (heard[0] <= i) {
                    receiver.step(Wire.PATIENCE);
                }
                took[i] = System.nanoTime() - due;
                due += PACE;
                publisher.step(0);
            }
        } finally {
            publishers.forEach(Device::close);
        }
        Arrays.sort(took);
        return took;
    }

    /** Milliseconds. */
    private static double at(long[] sorted, double part) {
        return sorted[(int) (sorted.length * part)] / 1e6;
    }
}
