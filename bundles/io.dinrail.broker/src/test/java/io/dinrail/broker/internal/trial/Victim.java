package io.dinrail.broker.internal.trial;

import io.dinrail.broker.internal.engine.TestEngine;
import io.dinrail.broker.internal.session.BrokerSettings;
import io.dinrail.broker.internal.store.FileDisk;
import io.dinrail.broker.internal.store.LogSettings;
import io.dinrail.broker.internal.store.StoreSettings;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The engine in a process of its own, to be killed; used by one thread. */
final class Victim implements AutoCloseable {
    /** Without limits of its own, so that what a trial wants is what happens. */
    static final BrokerSettings UNLIMITED = unlimited(10_000);

    private static final int LARGEST = 64 * 1024;
    private static final StoreSettings SMALL_SEGMENTS = new StoreSettings(
            new LogSettings(128 << 10, 8 << 20, Duration.ZERO, Duration.ofMillis(100), Duration.ofMillis(50)),
            1L << 30,
            0.5,
            Duration.ofMillis(20));

    private final Path folder;
    private Process process;
    private BufferedReader output;

    Victim(Path folder) {
        this.folder = folder;
    }

    static BrokerSettings unlimited(int queue) {
        return new BrokerSettings(
                BrokerSettings.DEFAULT.durability(),
                queue,
                0,
                true,
                LARGEST,
                BrokerSettings.Publishing.ANY,
                100,
                Duration.ofDays(30),
                500,
                100_000,
                0,
                Duration.ofSeconds(60),
                32);
    }

    /** Begins to start; {@link #awaitStart} says when it serves. */
    void start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Victim.class.getName(),
                folder.toString()));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(errors()))
                .start();
        output = process.inputReader();
    }

    /** What the engine complained of, all its lives. */
    File errors() {
        return folder.resolveSibling("errors.txt").toFile();
    }

    InetSocketAddress awaitStart() throws IOException {
        String line = output.readLine();
        while (line != null && !line.startsWith("serving ")) {
            line = output.readLine();
        }
        if (line == null) {
            throw new AssertionError("the engine did not start again; see " + errors());
        }
        return new InetSocketAddress("127.0.0.1", Integer.parseInt(line.substring("serving ".length())));
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Serves until it is killed: the folder. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        TestEngine engine = new TestEngine(new FileDisk(Path.of(arguments[0])), SMALL_SEGMENTS, unlimited(0), 0);
        System.out.println("serving " + engine.address().getPort());
        Thread.currentThread().join(); // the engine's own threads keep no process alive
    }
}
