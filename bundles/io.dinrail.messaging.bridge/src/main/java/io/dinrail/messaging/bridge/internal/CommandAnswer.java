package io.dinrail.messaging.bridge.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dinrail.command.api.CommandState;
import io.dinrail.json.api.Json;
import io.dinrail.json.api.JsonException;
import io.dinrail.json.api.JsonObject;
import io.dinrail.messaging.api.Message;
import io.dinrail.model.api.DeviceId;
import io.dinrail.model.api.TagValue;
import java.util.Map;
import java.util.Optional;

/**
 * A device's answer to a command.
 *
 * @param device who answers, from the topic.
 * @param id the command.
 * @param state how far it is.
 * @param result the device's own result as it is, or its error as an object; empty if it gave none.
 */
record CommandAnswer(DeviceId device, String id, CommandState state, String result) {
    private static final Map<String, CommandState> STATES = Map.of(
            "accepted", CommandState.ACKNOWLEDGED,
            "running", CommandState.ACKNOWLEDGED,
            "done", CommandState.SUCCEEDED,
            "failed", CommandState.FAILED,
            "rejected", CommandState.REJECTED);

    /**
     * Reads an answer.
     *
     * @throws JsonException if the payload is no JSON object.
     * @throws IllegalArgumentException if something is missing in it.
     */
    static CommandAnswer of(Message message) throws JsonException {
        DeviceId device = new DeviceId(message.topic().split("/", -1)[1]);
        Map<String, TagValue> answer = Json.readObject(new String(message.payload(), UTF_8));
        String id = text(answer, "id").orElseThrow(() -> new IllegalArgumentException("there is no id in it"));
        CommandState state = text(answer, "status")
                .map(STATES::get)
                .orElseThrow(() -> new IllegalArgumentException(
                        "its status is none of accepted, running, done, failed, rejected"));
        return new CommandAnswer(device, id, state, result(answer));
    }

    private static String result(Map<String, TagValue> answer) {
        Optional<TagValue> result = Optional.ofNullable(answer.get("result"));
        Optional<TagValue> error = Optional.ofNullable(answer.get("error"));
        return error.map(cause -> new JsonObject().put("error", cause).toString())
                .orElseGet(() -> result.map(Json::write).orElse(""));
    }

    private static Optional<String> text(Map<String, TagValue> answer, String key) {
        return Optional.ofNullable(answer.get(key))
                .filter(TagValue.Text.class::isInstance)
                .map(TagValue::toString);
    }
}
