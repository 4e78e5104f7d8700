package io.dinrail.identity.h2.internal.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dinrail.identity.api.Limits;
import io.dinrail.identity.h2.internal.rules.RuleDocument.Parsed;
import io.dinrail.json.api.Json;
import io.dinrail.json.api.JsonException;
import io.dinrail.model.api.TagValue;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads one document in any of the shapes of mqtt-conventions 7.2. What it does not know is an error, or a misspelt word would widen a rule. */
final class RuleReader {
    static final Set<String> IGNORED = Set.of(
            "require_grant",
            "exclusive",
            "exclusive_subscriptions",
            "$schema",
            "id",
            "name",
            "description",
            "comment",
            "metadata",
            "organization_id",
            "created_at",
            "updated_at");

    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_RULES = 1_000;
    private static final int HIGHEST_RATE = 1_000_000;
    private static final Set<String> LISTS = Set.of("global", "rules", "publishers");
    private static final Set<String> VERSIONS = Set.of("2", "2.0", "2.1");

    private final String name;
    private final Findings findings = new Findings();
    private final List<Rule> rules = new ArrayList<>();
    private Limits limits = Limits.USUAL;

    RuleReader(String name) {
        this.name = name;
    }

    Parsed read(String json) {
        if (json.length() > MOST_BYTES || json.getBytes(UTF_8).length > MOST_BYTES) {
            findings.error("document", "a document has at most 1 MiB");
        } else {
            text(json);
        }
        if (rules.isEmpty() && !findings.hasErrors()) {
            findings.warning("rules", "there is no rule: everything is denied");
        }
        Optional<RuleDocument> document =
                findings.hasErrors() ? Optional.empty() : Optional.of(new RuleDocument(name, rules, limits));
        return new Parsed(document, findings.all());
    }

    private void text(String json) {
        try {
            TagValue value = Json.read(json);
            if (value instanceof TagValue.Array array) {
                list("rules", array);
            } else if (value instanceof TagValue.Structure object) {
                object(object.fields());
            } else {
                findings.error("document", "rules are a JSON array, or an object that has one as \"rules\"");
            }
        } catch (JsonException e) {
            // The parser adds where an array or object began, in words for programmers.
            String message = String.valueOf(e.getMessage()).replaceFirst(" \\([^(]*\\[Source.*", "");
            String[] placed = message.split(": ", 2);
            findings.error(placed[0], "this is no JSON: " + placed[placed.length - 1]);
        }
    }

    private void object(Map<String, TagValue> fields) {
        fields.forEach(this::setting);
        for (String list : List.of("global", "rules", "publishers")) {
            if (fields.get(list) instanceof TagValue.Array array) {
                list(list, array);
            } else if (fields.containsKey(list)) {
                findings.error(list, "this is a JSON array");
            }
        }
        if (LISTS.stream().noneMatch(fields::containsKey)) {
            findings.error("document", "there are no \"rules\" in it");
        }
        limits = new Limits(limit(fields, "publishRate"), limit(fields, "publishBurst"));
    }

    private void setting(String key, TagValue value) {
        String text = value.toString();
        if (key.equals("version") && !VERSIONS.contains(text)) {
            findings.error(key, "there is no version " + text + ": 2 and 2.1 are known");
        } else if (key.equals("default") && !text.equalsIgnoreCase("deny")) {
            findings.error(key, "what no rule allows is denied: no other default can be had");
        } else if (IGNORED.contains(key)) {
            findings.warning(key, "this is ignored");
        } else if (!LISTS.contains(key)
                && !Set.of("version", "default", "publishRate", "publishBurst").contains(key)) {
            findings.error(key, "there is no such setting: correct or remove it");
        }
    }

    private OptionalInt limit(Map<String, TagValue> fields, String key) {
        TagValue value = fields.get(key);
        if (value == null) {
            return OptionalInt.empty();
        }
        if (value instanceof TagValue.Text text && text.value().equals("none")) {
            return OptionalInt.of(0);
        }
        if (value instanceof TagValue.Whole whole
                && whole.value().signum() > 0
                && whole.value().compareTo(BigInteger.valueOf(HIGHEST_RATE)) <= 0) {
            return OptionalInt.of(whole.value().intValue());
        }
        findings.error(key, "this is a whole number from 1 to 1,000,000, or \"none\"");
        return OptionalInt.empty();
    }

    private void list(String list, TagValue.Array array) {
        for (int i = 0; i < array.values().size(); i++) {
            String place = list + "[" + i + "]";
            if (rules.size() >= MOST_RULES) {
                findings.error(place, "a rule set has at most 1,000 rules");
                return;
            }
            if (array.values().get(i) instanceof TagValue.Structure object) {
                RuleEntry entry = new RuleEntry(list, place, object.fields(), findings);
                rules.addAll(entry.read(10 * (rules.size() + 1)));
            } else {
                findings.error(place, "a rule is a JSON object");
            }
        }
    }
}
