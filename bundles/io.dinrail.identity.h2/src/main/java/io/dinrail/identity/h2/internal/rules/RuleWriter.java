package io.dinrail.identity.h2.internal.rules;

import io.dinrail.identity.api.Limits;
import io.dinrail.json.api.JsonObject;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Writes documents in their canonical form: one rule a line, so that people can compare two. */
final class RuleWriter {
    private RuleWriter() {}

    static String write(RuleDocument document) {
        Limits limits = document.limits();
        String rules = document.rules().stream()
                .map(rule -> "    " + write(rule))
                .collect(Collectors.joining(",\n", "  \"rules\": [\n", "\n  ]\n"));
        return "{\n" + limit("publishRate", limits.publishRate()) + limit("publishBurst", limits.publishBurst())
                + (document.rules().isEmpty() ? "  \"rules\": []\n" : rules) + "}\n";
    }

    private static String write(Rule rule) {
        JsonObject object = new JsonObject()
                .put("priority", rule.priority())
                .put("user", rule.user())
                .put("topic", rule.topic())
                .put("permission", rule.permission().word())
                .put("effect", rule.effect());
        rule.binding().ifPresent(claim -> object.put("binding", claim));
        return object.toString();
    }

    private static String limit(String name, OptionalInt limit) {
        if (limit.isEmpty()) {
            return "";
        }
        String value = limit.getAsInt() == 0 ? "\"none\"" : String.valueOf(limit.getAsInt());
        return "  \"" + name + "\": " + value + ",\n";
    }
}
