package io.dinrail.broker.internal.conformance;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The numbered statements of both standards, in the standards' order and in our words. */
final class StatementTable {
    /**
     * One statement.
     *
     * @param version the protocol level of its standard: 4 for 3.1.1, 5 for 5.0.
     * @param id its number, such as MQTT-3.1.0-1.
     * @param says what it asks for.
     * @param exempt why no test shows it, empty if one does.
     */
    record Row(int version, String id, String says, String exempt) {}

    private StatementTable() {}

    static List<Row> rows() throws IOException {
        try (InputStream in = requireNonNull(StatementTable.class.getResourceAsStream("statements.tsv"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(StatementTable::row)
                    .toList();
        }
    }

    private static Row row(String line) {
        String[] cells = line.split("\t", -1);
        return new Row(cells[0].equals("5.0") ? 5 : 4, cells[1], cells[2], cells.length > 3 ? cells[3] : "");
    }
}
