package io.dinrail.broker.internal.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The properties of a packet: bytes that were checked, looked into when somebody asks. */
public final class Properties {
    /** No properties. */
    public static final Properties NONE = new Properties(Unpooled.EMPTY_BUFFER, 0);

    /** Says what to do with one property. */
    interface Visitor {
        void property(Property property, int from, int value, int end);
    }

    private final ByteBuf raw;
    private final long present;

    Properties(ByteBuf raw, long present) {
        this.raw = raw;
        this.present = present;
    }

    /**
     * Starts properties of our own.
     *
     * @return a builder.
     */
    public static PropertiesBuilder builder() {
        return new PropertiesBuilder();
    }

    ByteBuf raw() {
        return raw;
    }

    long present() {
        return present;
    }

    /**
     * Says how many bytes they are.
     *
     * @return bytes, without the length in front.
     */
    public int bytes() {
        return raw.readableBytes();
    }

    /**
     * Says whether a property is there.
     *
     * @param property the property.
     * @return true if it occurs at least once.
     */
    public boolean has(Property property) {
        return (present & property.bit()) != 0;
    }

    /**
     * Gives a number.
     *
     * @param property one that holds a number.
     * @param absent what to give when it isn't there.
     * @return the number, unsigned; the first if it occurs more than once.
     */
    public long number(Property property, long absent) {
        int at = find(property);
        return at < 0 ? absent : number(property, at);
    }

    /**
     * Gives a string.
     *
     * @param property one that holds a string.
     * @return the string, or empty if it isn't there.
     */
    public Optional<String> text(Property property) {
        int at = find(property);
        return at < 0 ? Optional.empty() : Optional.of(textAt(at));
    }

    /**
     * Gives binary data.
     *
     * @param property one that holds binary data or a string.
     * @return a copy of the bytes, or empty if it isn't there.
     */
    public Optional<byte[]> binary(Property property) {
        int at = find(property);
        return at < 0 ? Optional.empty() : Optional.of(ByteBufUtil.getBytes(raw, at + 2, raw.getUnsignedShort(at)));
    }

    /**
     * Gives the pairs of the application.
     *
     * @return the user properties, in order.
     */
    public List<UserProperty> userProperties() {
        List<UserProperty> pairs = new ArrayList<>();
        visit((property, from, value, end) -> {
            if (property == Property.USER_PROPERTY) {
                pairs.add(new UserProperty(textAt(value), textAt(value + 2 + raw.getUnsignedShort(value))));
            }
        });
        return pairs;
    }

    /**
     * Gives the identifiers of the subscriptions that a message came through.
     *
     * @return the identifiers, in order.
     */
    public List<Integer> subscriptionIdentifiers() {
        List<Integer> identifiers = new ArrayList<>();
        visit((property, from, value, end) -> {
            if (property == Property.SUBSCRIPTION_IDENTIFIER) {
                identifiers.add(VariableInteger.get(raw, value));
            }
        });
        return identifiers;
    }

    /**
     * Leaves some out.
     *
     * @param unwanted what to leave out.
     * @return the others, as a copy that nobody need release, or these if none of them is there.
     */
    public Properties without(Property... unwanted) {
        long mask = 0;
        for (Property property : unwanted) {
            mask |= property.bit();
        }
        if ((present & mask) == 0) {
            return this;
        }
        ByteBuf rest = Unpooled.buffer(bytes());
        writeWithout(mask, rest);
        return new Properties(rest, present & ~mask);
    }

    /**
     * Frees these from the memory of the packet they came in.
     *
     * @return a copy on the heap that nobody need release.
     */
    public Properties copy() {
        return bytes() == 0 ? NONE : new Properties(Unpooled.copiedBuffer(raw), present);
    }

    /** Writes all but some of the properties, byte by byte as they came. */
    void writeWithout(long mask, ByteBuf out) {
        if ((present & mask) == 0) {
            out.writeBytes(raw, raw.readerIndex(), raw.readableBytes());
            return;
        }
        // Copies what lies between two that are left out at once.
        int[] start = {raw.readerIndex()};
        visit((property, from, value, end) -> {
            if ((property.bit() & mask) != 0) {
                out.writeBytes(raw, start[0], from - start[0]);
                start[0] = end;
            }
        });
        out.writeBytes(raw, start[0], raw.writerIndex() - start[0]);
    }

    /** Counts the bytes of all but some of the properties. */
    int bytesWithout(long mask) {
        if ((present & mask) == 0) {
            return bytes();
        }
        int[] sum = {0};
        visit((property, from, value, end) -> sum[0] += (property.bit() & mask) == 0 ? end - from : 0);
        return sum[0];
    }

    private void visit(Visitor visitor) {
        int at = raw.readerIndex();
        while (at < raw.writerIndex()) {
            Property property = Property.of(raw.getByte(at)).orElseThrow();
            int end = PropertyReader.end(raw, at + 1, property);
            visitor.property(property, at, at + 1, end);
            at = end;
        }
    }

    private int find(Property wanted) {
        if (!has(wanted)) {
            return -1;
        }
        int at = raw.readerIndex();
        Property property = Property.of(raw.getByte(at)).orElseThrow();
        while (property != wanted) {
            at = PropertyReader.end(raw, at + 1, property);
            property = Property.of(raw.getByte(at)).orElseThrow();
        }
        return at + 1;
    }

    private long number(Property property, int at) {
        return switch (property.form()) {
            case BYTE -> raw.getUnsignedByte(at);
            case TWO_BYTES -> raw.getUnsignedShort(at);
            case FOUR_BYTES -> raw.getUnsignedInt(at);
            case VARIABLE -> VariableInteger.get(raw, at);
            case TEXT, BINARY, PAIR -> throw new IllegalArgumentException(property + " holds no number");
        };
    }

    private String textAt(int at) {
        return raw.toString(at + 2, raw.getUnsignedShort(at), StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Properties properties && raw.equals(properties.raw);
    }

    @Override
    public int hashCode() {
        return raw.hashCode();
    }

    @Override
    public String toString() {
        return bytes() + " bytes of properties";
    }
}
