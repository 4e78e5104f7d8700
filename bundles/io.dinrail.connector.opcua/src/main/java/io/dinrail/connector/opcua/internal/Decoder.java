package io.dinrail.connector.opcua.internal;

import io.dinrail.connector.api.Sample;
import io.dinrail.model.api.Quality;
import io.dinrail.model.api.TagValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.milo.opcua.sdk.core.types.DynamicEnumType;
import org.eclipse.milo.opcua.sdk.core.types.DynamicOptionSetType;
import org.eclipse.milo.opcua.sdk.core.types.DynamicStructType;
import org.eclipse.milo.opcua.sdk.core.types.DynamicUnionType;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.UaEnumeratedType;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.Matrix;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.XmlElement;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.ULong;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UNumber;
import org.jspecify.annotations.Nullable;

/** From what OPC UA sends to what a tag can hold. What can't be understood is bad with a reason, never a lump of bytes. */
final class Decoder {
    /** The value is of a type that no tag can hold. */
    static final String UNSUPPORTED_TYPE = "unsupported-type";
    /** The server doesn't tell how the structure is laid out, or sends something else. */
    static final String UNKNOWN_STRUCTURE = "unknown-structure";

    private static final String NO_VALUE = "no-value";
    private static final int DEEPEST = 32;

    /** Lays out a structure by what the server says of its type; may ask the server, and so block. */
    interface Layout {
        /** @throws UaException if there is no such type, or the bytes don't fit it. */
        Object decode(ExtensionObject structure) throws UaException;
    }

    private final Layout layout;
    private final Set<Object> known = ConcurrentHashMap.newKeySet();

    Decoder(Layout layout) {
        this.layout = layout;
    }

    /** @return whether {@link #sample} may have to ask the server for a type first. */
    boolean mayBlock(DataValue sent) {
        Object raw = sent.value().value();
        if (raw instanceof ExtensionObject structure) {
            return !known.contains(structure.getEncodingOrTypeId());
        }
        if (raw instanceof ExtensionObject[] structures) {
            for (ExtensionObject structure : structures) {
                if (structure != null && !known.contains(structure.getEncodingOrTypeId())) {
                    return true;
                }
            }
        }
        return raw instanceof Variant[];
    }

    Sample sample(DataValue sent) {
        Optional<Instant> time = time(sent.sourceTime()).or(() -> time(sent.serverTime()));
        Quality quality = Statuses.quality(sent.statusCode());
        if (quality.level() == Quality.Level.BAD) {
            return new Sample(Optional.empty(), quality, time);
        }
        Object raw = sent.value().value();
        if (raw == null) {
            return new Sample(Optional.empty(), Quality.bad(NO_VALUE), time);
        }
        try {
            return new Sample(Optional.of(value(raw)), quality, time);
        } catch (Unsupported e) {
            return new Sample(Optional.empty(), Quality.bad(String.valueOf(e.getMessage())), time);
        }
    }

    /** @throws Unsupported if its type has no place in a tag. */
    TagValue value(Object raw) throws Unsupported {
        return value(raw, 0);
    }

    private TagValue value(@Nullable Object raw, int depth) throws Unsupported {
        if (raw == null || depth > DEEPEST) {
            throw new Unsupported(UNSUPPORTED_TYPE);
        }
        TagValue simple = number(raw);
        if (simple == null) {
            simple = text(raw);
        }
        return simple != null ? simple : composed(raw, depth);
    }

    private TagValue composed(Object raw, int depth) throws Unsupported {
        if (depth > DEEPEST) {
            throw new Unsupported(UNSUPPORTED_TYPE);
        }
        if (raw instanceof Object[] elements) {
            return array(elements, depth);
        }
        if (raw instanceof Matrix matrix) {
            return value(matrix.nestedArrayValue(), depth + 1);
        }
        if (raw instanceof Variant variant) {
            return value(variant.value(), depth + 1);
        }
        if (raw instanceof DataValue inner) {
            return value(inner.value().value(), depth + 1);
        }
        if (raw instanceof ExtensionObject structure) {
            return structure(structure, depth);
        }
        if (raw instanceof DynamicStructType fields) {
            return fields(fields.getMembers(), depth);
        }
        if (raw instanceof DynamicUnionType union) {
            return fields(
                    union.getValue()
                            .map(one -> Map.of(one.fieldName(), one.fieldValue()))
                            .orElse(Map.of()),
                    depth);
        }
        if (raw instanceof DynamicOptionSetType options) {
            return value(options.getValue(), depth + 1);
        }
        throw new Unsupported(UNSUPPORTED_TYPE);
    }

    private TagValue array(Object[] elements, int depth) throws Unsupported {
        List<TagValue> values = new ArrayList<>(elements.length);
        boolean texts = elements.getClass().getComponentType() == String.class;
        for (Object element : elements) {
            // OPC UA holds a missing text for an empty one
            values.add(element == null && texts ? TagValue.of("") : value(element, depth + 1));
        }
        return new TagValue.Array(values);
    }

    // a server that lies about a type can make the library throw anything
    private TagValue structure(ExtensionObject structure, int depth) throws Unsupported {
        Object decoded;
        try {
            decoded = layout.decode(structure);
        } catch (UaException | RuntimeException e) {
            throw new Unsupported(UNKNOWN_STRUCTURE);
        } finally {
            // or known not to be known, which is not asked twice either
            known.add(structure.getEncodingOrTypeId());
        }
        return decoded instanceof DynamicStructType
                        || decoded instanceof DynamicUnionType
                        || decoded instanceof DynamicOptionSetType
                ? composed(decoded, depth + 1)
                : fields(Members.of(decoded), depth + 1);
    }

    private TagValue fields(Map<String, ?> members, int depth) throws Unsupported {
        Map<String, TagValue> fields = new LinkedHashMap<>();
        for (Map.Entry<String, ?> member : members.entrySet()) {
            if (member.getValue() != null) { // an optional field that isn't there
                fields.put(member.getKey(), value(member.getValue(), depth + 1));
            }
        }
        return new TagValue.Structure(fields);
    }

    private static @Nullable TagValue number(Object raw) {
        if (raw instanceof Double number) {
            return TagValue.of((double) number);
        }
        if (raw instanceof Float number) {
            return TagValue.of((float) number);
        }
        if (raw instanceof Boolean state) {
            return TagValue.of((boolean) state);
        }
        if (raw instanceof ULong number) {
            return new TagValue.Whole(number.toBigInteger());
        }
        if (raw instanceof Integer
                || raw instanceof UNumber
                || raw instanceof Short
                || raw instanceof Long
                || raw instanceof Byte) {
            return TagValue.of(((Number) raw).longValue());
        }
        if (raw instanceof UaEnumeratedType choice) {
            return TagValue.of(choice.getValue());
        }
        return raw instanceof DynamicEnumType choice ? TagValue.of(choice.getValue()) : null;
    }

    private static @Nullable TagValue text(Object raw) {
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
        if (raw instanceof NodeId node) {
            return TagValue.of(node.toParseableString());
        }
        if (raw instanceof ExpandedNodeId node) {
            return TagValue.of(node.toParseableString());
        }
        if (raw instanceof QualifiedName name) {
            return TagValue.of(name.toParseableString());
        }
        if (raw instanceof StatusCode code) {
            return TagValue.of(Statuses.name(code));
        }
        if (raw instanceof XmlElement xml) {
            return TagValue.of(xml.getFragmentOrEmpty());
        }
        return null;
    }

    static Optional<Instant> time(@Nullable DateTime time) {
        return time == null || time.isNull() ? Optional.empty() : Optional.of(time.getJavaInstant());
    }

    /** No tag can hold it; the message is the status. */
    static final class Unsupported extends Exception {
        private static final long serialVersionUID = 1L;

        Unsupported(String status) {
            super(status, null, false, false);
        }
    }
}
