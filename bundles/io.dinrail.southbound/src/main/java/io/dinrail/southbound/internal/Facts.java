package io.dinrail.southbound.internal;

import io.dinrail.connector.api.Connector;
import java.util.Map;
import java.util.TreeMap;

/** What a connector shows of itself, cut to what a table can hold. */
final class Facts {
    private static final int MOST = 50;
    private static final int LONGEST = 500;

    private Facts() {}

    static Map<String, String> of(Connector<?> connector) {
        Map<String, String> facts = new TreeMap<>();
        connector.facts().entrySet().stream()
                .limit(MOST)
                .forEach(fact -> facts.put(fact.getKey(), cut(fact.getValue())));
        return facts;
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }
}
