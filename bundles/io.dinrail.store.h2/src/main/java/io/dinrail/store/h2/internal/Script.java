package io.dinrail.store.h2.internal;

import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.h2.util.ScriptReader;

/**
 * One migration script.
 *
 * @param version the number in its name, {@code V<version>.sql}.
 * @param text its SQL.
 */
record Script(int version, String text) {
    static final Comparator<Script> ORDER = Comparator.comparingInt(Script::version);

    String name() {
        return "db/V" + version + ".sql";
    }

    List<String> statements() {
        Reader reader = new StringReader(text);
        ScriptReader statements = new ScriptReader(reader);
        statements.setSkipRemarks(true);
        List<String> found = new ArrayList<>();
        for (String next = statements.readStatement(); next != null; next = statements.readStatement()) {
            if (!next.isBlank()) {
                found.add(next.strip());
            }
        }
        return found;
    }
}
