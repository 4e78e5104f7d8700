package io.dinrail.itests;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * One running instance. Two kinds: {@link ExamPlatform} for most tests, {@link LaunchedPlatform} where the launcher, the sockets
 * or a crash matter.
 *
 * <pre>{@code
 * try (Platform platform = ExamPlatform.with("dinrail").start()) {
 *     platform.ask("dinrail:status --json");
 * }
 * }</pre>
 */
public abstract class Platform implements AutoCloseable {
    /** For whatever must happen at all; generous, because a test machine may be busy. */
    public static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Ports ports;
    private final SecretSweep secrets = new SecretSweep();
    private Optional<RemoteShell> shell = Optional.empty();

    protected Platform(Ports ports) {
        this.ports = ports;
    }

    /** @return the folder of the configuration; files put there are applied while running. */
    public abstract Path etc();

    /** @return the folder of everything written at run time. */
    public abstract Path data();

    public final Ports ports() {
        return ports;
    }

    public final Path secrets() {
        return data().resolve("secrets");
    }

    /** Runs one shell command by ssh, without a JVM start. */
    public final synchronized Answer run(String command) {
        if (shell.isEmpty()) {
            shell = Optional.of(new RemoteShell(ports.ssh(), secrets().resolve("admin.key")));
        }
        Answer answer = shell.orElseThrow().run(command);
        secrets.learn(answer.out());
        return answer;
    }

    /** Runs one shell command that must succeed, and gives its output. */
    public final String ask(String command) {
        return run(command).success();
    }

    /** @return every bundle by its symbolic name: its id and state, such as {@code 41 Active}. */
    public final Map<String, String> bundles() {
        Map<String, String> bundles = new TreeMap<>();
        ask("bundle:list -t 0 -s --no-format")
                .lines()
                .map(line -> line.split("\t"))
                .forEach(fields -> {
                    if (fields.length >= 5) {
                        bundles.put(fields[4].strip(), fields[0].strip() + " " + fields[1].strip());
                    }
                });
        return bundles;
    }

    /** @return what the platform has logged so far. */
    public final String log() {
        try {
            return Files.readString(data().resolve("log/karaf.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return the process, as the instance says itself. */
    public final long process() {
        return Long.parseLong(ready().getProperty("pid"));
    }

    public final Platform awaitReady() {
        await("ready: " + data())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> Files.exists(data().resolve("ready")));
        return this;
    }

    private Properties ready() {
        Properties ready = new Properties();
        try (var in = Files.newBufferedReader(data().resolve("ready"))) {
            ready.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ready;
    }

    /** Ends the login, for a caller that ends the process under it. */
    protected final synchronized void leaveShell() {
        shell.ifPresent(RemoteShell::close);
        shell = Optional.empty();
    }

    /**
     * Looks for every secret that this instance has given out; to be called when it has ended.
     *
     * @param process what the process's arguments were.
     */
    protected final void sweep(String process) {
        secrets.assertNowhere(process, etc(), data());
    }

    /** @return the process's arguments as every user of the machine can read them; empty if it has ended. */
    protected final String arguments() {
        try {
            return Files.readString(Path.of("/proc/" + process() + "/cmdline"));
        } catch (IOException | UncheckedIOException e) {
            return "";
        }
    }

    @Override
    public abstract void close();
}
