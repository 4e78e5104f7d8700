package io.dinrail.messaging.bridge.internal;

import io.dinrail.json.api.Json;
import io.dinrail.json.api.JsonException;
import io.dinrail.json.api.JsonObject;
import io.dinrail.messaging.api.Message;
import io.dinrail.model.api.TagValue;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Somebody's request for its own credential.
 *
 * @param name whose, from the topic.
 * @param payload as it came; holds the code, so that nothing of it is ever shown.
 */
@SuppressWarnings("ArrayRecordComponent") // a secret that is copied is a secret twice
record EnrolmentRequest(String name, byte[] payload) {
    static final String FILTER = "_system/enrolment/+/request";
    private static final int NAME = 2;

    /** What is asked for. */
    record Asked(String code, Optional<String> csr) {
        @Override
        public String toString() {
            return "Asked";
        }
    }

    static EnrolmentRequest of(Message message) {
        return new EnrolmentRequest(message.topic().split("/", -1)[NAME], message.payload());
    }

    /** @throws JsonException if the payload is no JSON object, or the code is missing in it. */
    Asked read() throws JsonException {
        Map<String, TagValue> members = Json.readObject(new String(payload, StandardCharsets.UTF_8));
        return new Asked(
                text(members, "code").orElseThrow(() -> new JsonException(1, 1, "there is no code in it")),
                text(members, "csr"));
    }

    private static Optional<String> text(Map<String, TagValue> members, String key) {
        return Optional.ofNullable(members.get(key))
                .filter(TagValue.Text.class::isInstance)
                .map(TagValue::toString);
    }

    /** Of QoS 0: any other waits in the session of a client that left, and so in a file, with the secret in it and a code that works no more. */
    Message answer(JsonObject answer) {
        byte[] bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
        return new Message("_system/enrolment/" + name + "/answer", bytes, 0, false);
    }

    @Override
    public String toString() {
        return "EnrolmentRequest[" + name + "]";
    }
}
