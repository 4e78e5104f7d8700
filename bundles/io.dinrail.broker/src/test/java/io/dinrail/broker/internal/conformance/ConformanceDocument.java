package io.dinrail.broker.internal.conformance;

import java.util.List;
import java.util.stream.Collectors;

/** Writes {@code docs/mqtt-conformance.md}. */
final class ConformanceDocument {
    private static final String HEAD = """
            # Conformance to MQTT

            Each numbered statement of MQTT 3.1.1 and MQTT 5.0, in our words, with the tests that show it for the engine
            `io.dinrail.broker`, or the reason why it needs none. The tests are in `bundles/io.dinrail.broker/src/test`; those of
            the package `conformance` speak raw bytes over a socket.

            This page is generated from the annotations of the tests, and the build fails when it doesn't say what they do:

                mvn -pl bundles/io.dinrail.broker test -Dtest=ConformanceDocumentTest -Dconformance.write=true

            The same tests can be run against another server, which tests the tests; what needs a restart is left out then:

                mvn -pl bundles/io.dinrail.broker test -Dtest='io.dinrail.broker.internal.conformance.*Test' -Dconformance.server=127.0.0.1:1883
            """;

    private final List<StatementTable.Row> rows;
    private final ShownStatements shown;

    ConformanceDocument(List<StatementTable.Row> rows, ShownStatements shown) {
        this.rows = rows;
        this.shown = shown;
    }

    String text() {
        return HEAD + part(4, "MQTT 3.1.1") + part(5, "MQTT 5.0");
    }

    private String part(int version, String title) {
        List<StatementTable.Row> mine =
                rows.stream().filter(row -> row.version() == version).toList();
        long exempt = mine.stream().filter(row -> !row.exempt().isEmpty()).count();
        return String.format(
                        "%n## %s%n%n%d statements: %d are shown by tests, %d need none.%n%n| statement | what it asks for | shown by |%n|---|---|---|%n",
                        title, mine.size(), mine.size() - exempt, exempt)
                + mine.stream().map(this::line).collect(Collectors.joining());
    }

    private String line(StatementTable.Row row) {
        String how = row.exempt().isEmpty()
                ? shown.by(row).stream().map(test -> "`" + test + "`").collect(Collectors.joining(" "))
                : "*" + row.exempt() + "*";
        return String.format("| %s | %s | %s |%n", row.id(), row.says(), how);
    }
}
