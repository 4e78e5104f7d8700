package io.dinrail.identity.h2.internal.keys;

import io.dinrail.json.api.Json;
import io.dinrail.json.api.JsonException;
import io.dinrail.json.api.JsonObject;
import io.dinrail.model.api.TagValue;
import java.util.LinkedHashMap;
import java.util.Map;

/** Claims as JSON. */
final class ClaimsText {
    private ClaimsText() {}

    static String write(Map<String, String> claims) {
        JsonObject object = new JsonObject();
        claims.forEach(object::put);
        return object.toString();
    }

    static Map<String, String> read(String json) throws JsonException {
        Map<String, String> claims = new LinkedHashMap<>();
        for (Map.Entry<String, TagValue> member : Json.readObject(json).entrySet()) {
            if (!(member.getValue() instanceof TagValue.Text text)) {
                throw new JsonException(1, 1, "a claim is no text");
            }
            claims.put(member.getKey(), text.value());
        }
        return claims;
    }
}
