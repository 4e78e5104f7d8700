package io.dinrail.json.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.dinrail.model.api.TagValue;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tag values as JSON text (RFC 8259) and back. An object is a {@link TagValue.Structure}, an array a {@link TagValue.Array}, and a member that is
 * {@code null} is absent. Nesting goes 32 deep, a text 1 MiB long and a number 100 digits at the most.
 */
public final class Json {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(32)
                    .maxStringLength(1 << 20)
                    .maxNumberLength(100)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Json() {}

    /**
     * Reads a text.
     *
     * @param json one JSON value and nothing behind it.
     * @return the value.
     * @throws JsonException if it is no JSON or breaks a bound.
     */
    public static TagValue read(String json) throws JsonException {
        try (JsonParser parser = FACTORY.createParser(json)) {
            return whole(parser);
        } catch (JsonProcessingException e) {
            throw refused(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a text in memory can't fail otherwise
        }
    }

    /**
     * Reads UTF-8.
     *
     * @param json one JSON value and nothing behind it.
     * @return the value.
     * @throws JsonException if it is no JSON or breaks a bound.
     */
    public static TagValue read(byte[] json) throws JsonException {
        return read(new String(json, UTF_8));
    }

    /**
     * Reads a JSON object.
     *
     * @param json one JSON object and nothing behind it.
     * @return its members, in order; those that are {@code null} are absent.
     * @throws JsonException if it is no JSON object or breaks a bound.
     */
    public static Map<String, TagValue> readObject(String json) throws JsonException {
        if (read(json) instanceof TagValue.Structure object) {
            return object.fields();
        }
        throw new JsonException(1, 1, "a JSON object is expected, such as {\"key\": 1}");
    }

    /**
     * Writes a value. Bytes become hexadecimal text; NaN and the infinities, which JSON has no form for, become {@code null}.
     *
     * @param value the value.
     * @return JSON text on one line.
     */
    public static String write(TagValue value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(text)) {
            put(out, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a text in memory can't fail
        }
        return text.toString();
    }

    private static TagValue whole(JsonParser parser) throws IOException, JsonException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw at(parser, "there is nothing to read");
        }
        Optional<TagValue> value = value(parser, first);
        if (parser.nextToken() != null) {
            throw at(parser, "something follows behind the value");
        }
        return value.orElseThrow(() -> new JsonException(1, 1, "null alone is no value"));
    }

    private static Optional<TagValue> value(JsonParser parser, JsonToken token) throws IOException, JsonException {
        return switch (token) {
            case VALUE_NULL -> Optional.empty();
            case VALUE_TRUE -> Optional.of(TagValue.of(true));
            case VALUE_FALSE -> Optional.of(TagValue.of(false));
            case VALUE_STRING -> Optional.of(TagValue.of(parser.getText()));
            case VALUE_NUMBER_INT -> Optional.of(new TagValue.Whole(parser.getBigIntegerValue()));
            case VALUE_NUMBER_FLOAT -> Optional.of(real(parser));
            case START_ARRAY -> Optional.of(array(parser));
            case START_OBJECT -> Optional.of(object(parser));
            default -> throw at(parser, "unexpected " + token);
        };
    }

    private static TagValue real(JsonParser parser) throws IOException, JsonException {
        double number = parser.getDoubleValue();
        if (Double.isInfinite(number)) {
            throw at(parser, "the number is too large");
        }
        return TagValue.of(number);
    }

    private static TagValue array(JsonParser parser) throws IOException, JsonException {
        List<TagValue> values = new ArrayList<>();
        for (JsonToken token = next(parser); token != JsonToken.END_ARRAY; token = next(parser)) {
            JsonException absent = at(parser, "null can't stand in an array");
            values.add(value(parser, token).orElseThrow(() -> absent));
        }
        return new TagValue.Array(values);
    }

    private static TagValue object(JsonParser parser) throws IOException, JsonException {
        Map<String, TagValue> fields = new LinkedHashMap<>();
        while (next(parser) != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            value(parser, next(parser)).ifPresent(value -> fields.put(name, value));
        }
        return new TagValue.Structure(fields);
    }

    private static JsonToken next(JsonParser parser) throws IOException, JsonException {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw at(parser, "the text ends too early");
        }
        return token;
    }

    private static void put(JsonGenerator out, TagValue value) throws IOException {
        if (value instanceof TagValue.Bool bool) {
            out.writeBoolean(bool.value());
        } else if (value instanceof TagValue.Whole whole) {
            out.writeNumber(whole.value());
        } else if (value instanceof TagValue.Real real) {
            putReal(out, real.value());
        } else if (value instanceof TagValue.Text text) {
            out.writeString(text.value());
        } else if (value instanceof TagValue.Bytes bytes) {
            out.writeString(HexFormat.of().formatHex(bytes.value()));
        } else if (value instanceof TagValue.Array array) {
            out.writeStartArray();
            for (TagValue element : array.values()) {
                put(out, element);
            }
            out.writeEndArray();
        } else if (value instanceof TagValue.Structure structure) {
            out.writeStartObject();
            for (Map.Entry<String, TagValue> field : structure.fields().entrySet()) {
                out.writeFieldName(field.getKey());
                put(out, field.getValue());
            }
            out.writeEndObject();
        }
    }

    private static void putReal(JsonGenerator out, double number) throws IOException {
        if (Double.isFinite(number)) {
            out.writeNumber(number);
        } else {
            out.writeNull();
        }
    }

    private static JsonException at(JsonParser parser, String message) {
        var place = parser.currentLocation();
        return new JsonException(place.getLineNr(), place.getColumnNr(), message);
    }

    private static JsonException refused(JsonProcessingException e) {
        var place = e.getLocation();
        return place == null
                ? new JsonException(1, 1, e.getOriginalMessage())
                : new JsonException(place.getLineNr(), place.getColumnNr(), e.getOriginalMessage());
    }
}
