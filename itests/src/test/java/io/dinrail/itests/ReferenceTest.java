package io.dinrail.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The reference names what there is: every command, every key, and none that is gone. */
class ReferenceTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern COMMAND = Pattern.compile("@Command\\([^)]*name = \"([a-z-]+)\"");
    private static final Pattern SETTING =
            Pattern.compile("ettings\\s*\\.(?:text|required|whole|period|choice)\\(\\s*\"([a-z.]+)\"");
    private static final Pattern CONFIG_KEY = Pattern.compile("(?m)^    [a-z]+ ([a-z_]+)\\(\\) default");

    @Test
    void everyCommandStandsInTheReferenceAndNoOther() throws IOException {
        assertThat(found(documentation("shell.md"), Pattern.compile("(?m)^\\| `dinrail:([a-z-]+)")))
                .isEqualTo(found(sources(""), COMMAND));
    }

    @Test
    void everyKeyOfAConfigurationStandsInTheReference() throws IOException {
        Set<String> keys = found(sources(""), SETTING);
        found(sources("Config.java"), CONFIG_KEY).forEach(method -> keys.add(method.replace('_', '.')));
        assertThat(found(documentation("configuration.md"), Pattern.compile("`([a-z.]+)`")))
                .containsAll(keys);
    }

    private static String documentation(String file) throws IOException {
        return Files.readString(ROOT.resolve("docs/reference").resolve(file));
    }

    private static String sources(String ending) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String folder : Set.of("bundles", "sample-plugins")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                for (Path file : files.filter(path -> path.toString().contains("src/main/java"))
                        .filter(path -> path.toString().endsWith(ending.isEmpty() ? ".java" : ending))
                        .toList()) {
                    text.append(Files.readString(file)).append('\n');
                }
            }
        }
        return text.toString();
    }

    private static Set<String> found(String text, Pattern pattern) {
        return new TreeSet<>(
                pattern.matcher(text).results().map(match -> match.group(1)).toList());
    }
}
