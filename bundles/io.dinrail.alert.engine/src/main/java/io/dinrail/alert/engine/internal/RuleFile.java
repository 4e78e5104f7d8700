package io.dinrail.alert.engine.internal;

import io.dinrail.alert.api.Rule;
import io.dinrail.alert.api.Rule.Condition;
import io.dinrail.alert.api.RuleException;
import io.dinrail.json.api.Json;
import io.dinrail.json.api.JsonException;
import io.dinrail.model.api.Severity;
import io.dinrail.model.api.TagId;
import io.dinrail.model.api.TagValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The text of a rule file, member by member. */
final class RuleFile {
    private static final List<String> MEMBERS =
            List.of("name", "device", "tag", "above", "below", "hysteresis", "delay", "severity", "message");

    private final Map<String, TagValue> members;

    private RuleFile(Map<String, TagValue> members) {
        this.members = members;
    }

    static Rule read(String json) throws RuleException {
        try {
            RuleFile file = new RuleFile(Json.readObject(json));
            file.refuseUnknown();
            return file.rule();
        } catch (JsonException | IllegalArgumentException e) {
            throw new RuleException(RuleException.Reason.REFUSED, String.valueOf(e.getMessage()));
        }
    }

    private void refuseUnknown() {
        for (String member : members.keySet()) {
            if (!MEMBERS.contains(member)) {
                throw new IllegalArgumentException(
                        member + ": there is no such member; allowed are " + String.join(", ", MEMBERS));
            }
        }
    }

    private Rule rule() {
        TagId tag = TagId.of(required("device"), required("tag"));
        if (members.containsKey("above") == members.containsKey("below")) {
            throw new IllegalArgumentException("above, below: exactly one of them must be given");
        }
        Condition condition = members.containsKey("above") ? Condition.ABOVE : Condition.BELOW;
        String message =
                "%s of %s %s %s".formatted(tag.tag(), tag.device(), condition, members.get(condition.toString()));
        return new Rule(
                required("name"),
                tag,
                condition,
                number(condition.toString()),
                number("hysteresis"),
                Period.parse(text("delay").orElse("0s")),
                Severity.of(text("severity").orElse("warning")),
                text("message").orElse(message));
    }

    private String required(String member) {
        return text(member).orElseThrow(() -> new IllegalArgumentException(member + ": is missing"));
    }

    private Optional<String> text(String member) {
        TagValue value = members.get(member);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof TagValue.Text text) {
            return Optional.of(text.value());
        }
        throw new IllegalArgumentException(member + ": must be a text, not " + Json.write(value));
    }

    private double number(String member) {
        TagValue value = members.getOrDefault(member, TagValue.of(0));
        if (value instanceof TagValue.Whole || value instanceof TagValue.Real) {
            return value.number().orElseThrow();
        }
        throw new IllegalArgumentException(member + ": must be a number, not " + Json.write(value));
    }
}
