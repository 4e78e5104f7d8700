package io.dinrail.itests;

import java.nio.file.Files;
import java.nio.file.Path;

/** An instance started by {@code bin/dinrail start}: exactly what is shipped, nothing of a test framework in it. */
public final class LaunchedPlatform extends Platform {
    private final Launcher launcher;
    private final Path data;

    private LaunchedPlatform(Ports ports, Launcher launcher, Path data) {
        super(ports);
        this.launcher = launcher;
        this.data = data;
    }

    /** Unpacks the distribution and starts it with every feature of a plant. */
    public static LaunchedPlatform start() {
        return start(Launcher.unpack(), "data");
    }

    /** Starts a further instance from one folder. */
    static LaunchedPlatform start(Launcher unpacked, String folder) {
        Ports ports = Ports.free();
        Path data = unpacked.home().resolve(folder);
        Launcher launcher = unpacked.ports(ports).environment("DINRAIL_DATA", data.toString());
        LaunchedPlatform platform = new LaunchedPlatform(ports, launcher, data);
        platform.again();
        return platform;
    }

    /** Starts it again, after {@link #stop} or {@link #kill}, with the data it has. */
    public void again() {
        Answer started = launcher.call("start");
        if (started.status() != 0) {
            close();
            started.success();
        }
    }

    /** Calls the launcher with this instance's environment. */
    public Answer call(String... arguments) {
        return launcher.call(arguments);
    }

    public void stop() {
        leaveShell();
        launcher.call("stop").success();
    }

    /** Ends the process as a power cut would: at once, with no chance to put anything in order. */
    public void kill() {
        leaveShell();
        ProcessHandle process = ProcessHandle.of(process()).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public Path etc() {
        return launcher.home().resolve("etc");
    }

    @Override
    public Path data() {
        return data;
    }

    @Override
    public void close() {
        leaveShell();
        String arguments = arguments();
        if (Files.exists(data.resolve("dinrail.pid"))) {
            launcher.call("stop");
        }
        sweep(arguments);
    }
}
