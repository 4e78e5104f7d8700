package io.dinrail.shell.internal;

import io.dinrail.connector.api.WriteResult;
import io.dinrail.json.api.Json;
import io.dinrail.json.api.JsonException;
import io.dinrail.json.api.JsonObject;
import io.dinrail.model.api.TagId;
import io.dinrail.model.api.TagValue;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a write.
 *
 * @param word such as {@code applied}.
 * @param value what was read back.
 * @param detail one sentence; empty if there is nothing to say.
 * @param command the command that carried it; empty if none did.
 */
record Verdict(String word, Optional<TagValue> value, String detail, Optional<String> command) {
    static Verdict of(WriteResult result) {
        return new Verdict(result.verdict().toString(), result.value(), result.detail(), Optional.empty());
    }

    static Verdict of(io.dinrail.command.api.Command command) {
        Map<String, TagValue> result = members(command.result());
        return new Verdict(
                text(result, "verdict").orElse(command.state().name().toLowerCase(Locale.ROOT)),
                Optional.ofNullable(result.get("value")),
                text(result, "detail")
                        .or(() -> text(result, "error"))
                        .or(() -> text(result, "reason"))
                        .orElse(command.state().isFinal() ? "" : "no answer yet, dinrail:command-show " + command.id()),
                Optional.of(command.id()));
    }

    boolean applied() {
        return word.equals(WriteResult.Verdict.APPLIED.toString());
    }

    JsonObject json() {
        return new JsonObject()
                .put("verdict", word)
                .putOrNull("value", value)
                .putOrNull("detail", Shown.text(detail))
                .putOrNull("command", Shown.text(command));
    }

    String sentence(TagId id) {
        return id + ": " + word + value.map(v -> ", it is now " + v).orElse("")
                + (detail.isEmpty() ? "" : ": " + detail);
    }

    private static Map<String, TagValue> members(String json) {
        try {
            return json.isEmpty() ? Map.of() : Json.readObject(json);
        } catch (JsonException e) {
            return Map.of("detail", TagValue.of(json));
        }
    }

    private static Optional<String> text(Map<String, TagValue> members, String key) {
        return Optional.ofNullable(members.get(key)).map(Object::toString).filter(text -> !text.isEmpty());
    }
}
