package io.dinrail.itests;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code bin/dinrail} of an unpacked distribution, called as a person would. */
final class Launcher {
    private final Path home;
    private final Map<String, String> environment;

    private Launcher(Path home, Map<String, String> environment) {
        this.home = home;
        this.environment = Map.copyOf(environment);
    }

    /** Unpacks the distribution into a folder of its own. */
    static Launcher unpack() {
        Path folder = Path.of(System.getProperty("dinrail.exam"), "launched-" + UUID.randomUUID());
        try {
            Files.createDirectories(folder);
            Process tar = new ProcessBuilder(
                            "tar", "-xzf", System.getProperty("dinrail.archive"), "-C", folder.toString())
                    .inheritIO()
                    .start();
            if (tar.waitFor() != 0) {
                throw new IllegalStateException("tar ended with " + tar.exitValue());
            }
            try (Stream<Path> children = Files.list(folder)) {
                return new Launcher(
                        children.findFirst().orElseThrow(), Map.of("JAVA_HOME", System.getProperty("java.home")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Launcher environment(String name, String value) {
        Map<String, String> changed = new HashMap<>(environment);
        changed.put(name, value);
        return new Launcher(home, changed);
    }

    Launcher ports(Ports ports) {
        Launcher changed = this;
        for (Map.Entry<String, String> port : ports.properties().entrySet()) {
            String variable =
                    "DINRAIL_" + port.getKey().toUpperCase(Locale.ROOT).replace('.', '_');
            changed = changed.environment(variable, port.getValue());
        }
        return changed;
    }

    Path home() {
        return home;
    }

    /** Calls it and waits for its end. */
    Answer call(String... arguments) {
        try {
            Path out = Files.createTempFile(home, "call", ".out");
            Path err = Files.createTempFile(home, "call", ".err");
            Process process = begin(out, err, arguments);
            if (!process.waitFor(Platform.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(List.of(arguments) + " did not end");
            }
            return new Answer(process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Calls it and goes on; its output goes to the files. */
    Process begin(Path out, Path err, String... arguments) throws IOException {
        List<String> line = Stream.concat(Stream.of(home.resolve("bin/dinrail").toString()), Stream.of(arguments))
                .toList();
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile());
        // Nothing of the machine's own settings may leak into an instance under test.
        builder.environment().keySet().removeIf(name -> name.startsWith("DINRAIL_"));
        builder.environment().putAll(environment);
        return builder.start();
    }
}
