package io.dinrail.store.h2.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;

/** What a bundle asks of the store: a schema's name in its manifest, and the scripts that make it. */
final class SchemaBundle {
    static final String HEADER = "Dinrail-Schema";

    private static final Pattern SCHEMA = Pattern.compile("[a-z][a-z0-9._-]{0,62}");
    private static final Pattern SCRIPT = Pattern.compile(".*/V([1-9]\\d{0,5})\\.sql");

    private SchemaBundle() {}

    /** Reads the header; empty if the bundle wants nothing of the store. */
    static Optional<String> schema(Bundle bundle) {
        return Optional.ofNullable(bundle.getHeaders("").get(HEADER)).map(String::strip);
    }

    /**
     * Reads the scripts.
     *
     * @throws MigrationException if the bundle's schema name or a script's name is refused, or there is no script.
     * @throws IOException if a script cannot be read.
     */
    static List<Script> scripts(Bundle bundle, String schema) throws MigrationException, IOException {
        if (!SCHEMA.matcher(schema).matches()) {
            throw new MigrationException("the header " + HEADER + ": " + schema
                    + " is refused: lower case letters, digits and . _ -," + " a letter first, 63 at most");
        }
        List<Script> scripts = new ArrayList<>();
        for (URL entry : entries(bundle)) {
            scripts.add(script(entry));
        }
        if (scripts.isEmpty()) {
            throw new MigrationException("it has the header " + HEADER + " and no script db/V1.sql; add one");
        }
        scripts.sort(Script.ORDER);
        return scripts;
    }

    private static List<URL> entries(Bundle bundle) {
        Enumeration<URL> found = bundle.findEntries("db", "*.sql", false);
        return found == null ? List.of() : Collections.list(found);
    }

    private static Script script(URL entry) throws MigrationException, IOException {
        Matcher name = SCRIPT.matcher(entry.getPath());
        if (!name.matches()) {
            throw new MigrationException(
                    "the script " + entry.getPath() + " is refused: name it V1.sql, V2.sql and so on");
        }
        try (InputStream in = entry.openStream()) {
            return new Script(Integer.parseInt(name.group(1)), new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
