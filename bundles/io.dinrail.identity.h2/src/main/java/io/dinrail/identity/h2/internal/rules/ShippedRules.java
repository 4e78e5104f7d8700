package io.dinrail.identity.h2.internal.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The rule sets of mqtt-conventions 7.8, which every organisation has. */
final class ShippedRules {
    private ShippedRules() {}

    static SortedMap<String, RuleDocument> all() {
        SortedMap<String, RuleDocument> all = new TreeMap<>();
        for (String name : List.of("backend", "dashboard", "device", "gateway")) {
            all.put(name, RuleDocument.parse(name, text(name)).document().orElseThrow());
        }
        return all;
    }

    static String text(String name) {
        try (InputStream file = ShippedRules.class.getResourceAsStream("/rules/" + name + ".json")) {
            if (file == null) {
                throw new IllegalStateException("this bundle lacks the rule set " + name);
            }
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
