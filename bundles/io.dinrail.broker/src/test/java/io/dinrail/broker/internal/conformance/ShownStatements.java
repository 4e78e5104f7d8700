package io.dinrail.broker.internal.conformance;

import io.dinrail.broker.internal.protocol.Statement;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which tests of this bundle show which statements, by their annotations. */
final class ShownStatements {
    private final Map<String, Set<String>> tests = new TreeMap<>();

    private ShownStatements() {}

    static ShownStatements ofAllTests() throws IOException, URISyntaxException, ClassNotFoundException {
        ShownStatements shown = new ShownStatements();
        Path root = Path.of(ShownStatements.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = root.relativize(file)
                        .toString()
                        .replace(file.getFileSystem().getSeparator(), ".");
                if (name.endsWith("Test.class")) {
                    shown.add(Class.forName(name.substring(0, name.length() - ".class".length())));
                }
            }
        }
        return shown;
    }

    private void add(Class<?> test) {
        for (Method method : test.getDeclaredMethods()) {
            for (Statement statement : method.getAnnotationsByType(Statement.class)) {
                for (String id : statement.value()) {
                    tests.computeIfAbsent(key(statement.version(), id), none -> new TreeSet<>())
                            .add(test.getSimpleName() + "." + method.getName());
                }
            }
        }
    }

    /** The tests that show a statement. */
    Set<String> by(StatementTable.Row row) {
        return tests.getOrDefault(key(row.version(), row.id()), Set.of());
    }

    /** All statements that some test names, each with its version. */
    Set<String> all() {
        return tests.keySet();
    }

    static String key(int version, String id) {
        return version + " " + id;
    }
}
