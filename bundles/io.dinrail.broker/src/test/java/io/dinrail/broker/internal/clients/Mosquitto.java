package io.dinrail.broker.internal.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One of Mosquitto's programs while it runs; what it says goes to files. */
final class Mosquitto implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 20;

    private final Path said;
    private final Path errors;
    private final Process process;

    Mosquitto(Path folder, InetSocketAddress server, String program, List<String> options) throws IOException {
        said = Files.createTempFile(folder, program, ".out");
        errors = Files.createTempFile(folder, program, ".err");
        List<String> command = new ArrayList<>(
                List.of(program, "-h", server.getHostString(), "-p", Integer.toString(server.getPort())));
        command.addAll(options);
        process = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .redirectOutput(said.toFile())
                .redirectError(errors.toFile())
                .start();
    }

    /** Whether the programs are there. */
    static boolean isInstalled() {
        return Stream.of("mosquitto_pub", "mosquitto_sub", "mosquitto_rr").allMatch(Mosquitto::isInstalled);
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** Gives it lines to publish, and ends them. */
    void type(List<String> lines) throws IOException {
        try (var writer = process.outputWriter(UTF_8)) {
            for (String line : lines) {
                writer.write(line + "\n");
            }
        }
    }

    /** Waits until it has ended by itself and well, and tells the lines it said. */
    List<String> end() throws IOException, InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("it ends by itself")
                .isTrue();
        assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
        return Files.readAllLines(said);
    }

    /** Ends it without a goodbye. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
