package io.dinrail.connector.opcua.internal;

import io.dinrail.connector.api.Sample;
import io.dinrail.model.api.Quality;
import io.dinrail.model.api.TagValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.ULong;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;
import org.jspecify.annotations.Nullable;

/** From what OPC UA sends to what a tag can hold. */
final class Values {
    private static final String UNSUPPORTED_TYPE = "unsupported-type";
    private static final String NO_VALUE = "no-value";

    private Values() {}

    static Sample sample(DataValue sent) {
        Optional<Instant> time = time(sent.sourceTime()).or(() -> time(sent.serverTime()));
        Quality quality = Statuses.quality(sent.statusCode());
        if (quality.level() == Quality.Level.BAD) {
            return new Sample(Optional.empty(), quality, time);
        }
        Object raw = sent.value().value();
        Optional<TagValue> value = raw == null ? Optional.empty() : value(raw);
        if (value.isEmpty()) {
            return new Sample(Optional.empty(), Quality.bad(raw == null ? NO_VALUE : UNSUPPORTED_TYPE), time);
        }
        return new Sample(value, quality, time);
    }

    /** @return the value; empty if its type has no place in a tag. */
    static Optional<TagValue> value(Object raw) {
        return raw instanceof Object[] elements ? array(elements) : Optional.ofNullable(scalar(raw));
    }

    private static Optional<TagValue> array(Object[] elements) {
        List<TagValue> values = new ArrayList<>(elements.length);
        for (Object element : elements) {
            TagValue value = element == null ? null : scalar(element);
            if (value == null) {
                return Optional.empty();
            }
            values.add(value);
        }
        return Optional.of(new TagValue.Array(values));
    }

    // a chain, for Java 17 has no switch over types
    private static @Nullable TagValue scalar(Object raw) {
        if (raw instanceof Boolean state) {
            return TagValue.of((boolean) state);
        }
        if (raw instanceof Float number) {
            return TagValue.of((float) number);
        }
        if (raw instanceof Double number) {
            return TagValue.of((double) number);
        }
        if (raw instanceof ULong number) {
            return new TagValue.Whole(number.toBigInteger());
        }
        if (raw instanceof Byte
                || raw instanceof Short
                || raw instanceof Integer
                || raw instanceof Long
                || raw instanceof UByte
                || raw instanceof UShort
                || raw instanceof UInteger) {
            return TagValue.of(((Number) raw).longValue());
        }
        return textual(raw);
    }

    private static @Nullable TagValue textual(Object raw) {
        if (raw instanceof String || raw instanceof UUID) {
            return TagValue.of(raw.toString());
        }
        if (raw instanceof DateTime time) {
            return TagValue.of(time.getJavaInstant().toString());
        }
        if (raw instanceof LocalizedText text) {
            return TagValue.of(text.text() == null ? "" : text.text());
        }
        if (raw instanceof ByteString bytes) {
            return new TagValue.Bytes(bytes.bytesOrEmpty());
        }
        return null;
    }

    private static Optional<Instant> time(@Nullable DateTime time) {
        return time == null || time.isNull() ? Optional.empty() : Optional.of(time.getJavaInstant());
    }
}
