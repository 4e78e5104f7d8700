package io.dinrail.shell.internal;

import io.dinrail.json.api.Json;
import io.dinrail.json.api.JsonException;
import io.dinrail.json.api.JsonObject;
import io.dinrail.model.api.TagValue;
import java.util.Optional;

/** A command as JSON; its parameters and its result as the JSON that they are. */
final class CommandJson {
    private CommandJson() {}

    static JsonObject of(io.dinrail.command.api.Command command) {
        return new JsonObject()
                .put("id", command.id())
                .put("device", command.device().value())
                .put("type", command.type())
                .putOrNull("params", parsed(command.params()))
                .put("state", command.state().name())
                .putOrNull("result", parsed(command.result()))
                .put("by", command.by())
                .put("createdAt", command.createdAt())
                .put("expiresAt", command.expiresAt())
                .put("changedAt", command.changedAt());
    }

    private static Optional<TagValue> parsed(String json) {
        if (json.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.read(json));
        } catch (JsonException e) {
            return Optional.of(TagValue.of(json)); // what a device answers need not be JSON
        }
    }
}
