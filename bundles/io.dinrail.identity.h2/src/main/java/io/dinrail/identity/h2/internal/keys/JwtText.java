package io.dinrail.identity.h2.internal.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.dinrail.json.api.Json;
import io.dinrail.json.api.JsonException;
import io.dinrail.model.api.TagValue;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.text.ParseException;
import java.util.Base64;
import java.util.Map;
import java.util.Set;

/** The JSON objects in a token. */
final class JwtText {
    private JwtText() {}

    /**
     * Reads an object twice, and both readers have to agree that it is one: ours refuses what stands there twice, the other tells null from absent.
     * A null where a limit could stand must not count as no limit.
     */
    static Map<String, TagValue> object(byte[] base64, Set<String> known) throws JwtRefused {
        try {
            String text = text(Base64.getUrlDecoder().decode(base64));
            Map<String, TagValue> members = Json.readObject(text);
            for (Map.Entry<String, ?> member : JSONObjectUtils.parse(text).entrySet()) {
                if (known.contains(member.getKey()) && !members.containsKey(member.getKey())) {
                    throw new JwtRefused("null member");
                }
            }
            return members;
        } catch (JsonException | ParseException | CharacterCodingException | IllegalArgumentException e) {
            throw new JwtRefused("malformed");
        }
    }

    private static String text(byte[] utf8) throws CharacterCodingException {
        return UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    }
}
