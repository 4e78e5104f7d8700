package io.dinrail.itests;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Remembers the secrets that commands printed, and looks for them where no secret may ever be. */
final class SecretSweep {
    private static final Pattern PRINTED = Pattern.compile("\"(?:password|token|secret|key|code)\":\"([^\"]{16,})\"");

    private final Set<String> secrets = ConcurrentHashMap.newKeySet();

    void learn(String printed) {
        PRINTED.matcher(printed).results().map(result -> result.group(1)).forEach(secrets::add);
    }

    /**
     * Looks through process arguments, configuration and everything written at run time: log, store, journal, queues, recorded events. The folder of
     * secrets is left out, which is where the platform's own are.
     */
    void assertNowhere(String arguments, Path etc, Path data) {
        assertThat(secrets).noneMatch(arguments::contains);
        List<String> found = new ArrayList<>();
        for (Path folder : List.of(etc, data)) {
            files(folder)
                    .filter(file -> !file.startsWith(data.resolve("secrets")))
                    .forEach(file -> {
                        String text = read(file);
                        if (secrets.stream().anyMatch(text::contains)) {
                            found.add(file.toString()); // never which secret
                        }
                    });
        }
        assertThat(found).as("files with a secret in them").isEmpty();
    }

    private static Stream<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
