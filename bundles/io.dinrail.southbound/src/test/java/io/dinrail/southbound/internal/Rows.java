package io.dinrail.southbound.internal;

import io.dinrail.connector.api.TagSpec;
import java.util.HashMap;
import java.util.Map;

/** Rows of a tags file for tests. */
final class Rows {
    private Rows() {}

    /** A row of {@code press-1/temperature} with more cells, as name and text in turn. */
    static TagSpec spec(String... cells) {
        Map<String, String> row = new HashMap<>(Map.of("device", "press-1", "tag", "temperature", "address", "a"));
        for (int i = 0; i < cells.length; i += 2) {
            row.put(cells[i], cells[i + 1]);
        }
        return new TagRow(new TagTable.Row(2, row, "")).spec(PollClasses.parse(""));
    }
}
