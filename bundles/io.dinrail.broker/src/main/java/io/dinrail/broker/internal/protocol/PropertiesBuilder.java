package io.dinrail.broker.internal.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Puts properties together, in the order of the calls; whether they may stand in a packet is for its author to know. */
public final class PropertiesBuilder {
    private final ByteBuf out = Unpooled.buffer(64);
    private long present;

    PropertiesBuilder() {}

    /**
     * Adds a number.
     *
     * @param property one that holds a number.
     * @param value in its range.
     * @return this.
     */
    public PropertiesBuilder number(Property property, long value) {
        if (!property.allows(value)) {
            throw new IllegalArgumentException(property + " can't be " + value);
        }
        start(property);
        switch (property.form()) {
            case BYTE -> out.writeByte((int) value);
            case TWO_BYTES -> out.writeShort((int) value);
            case FOUR_BYTES -> out.writeInt((int) value);
            case VARIABLE -> VariableInteger.write(out, (int) value);
            case TEXT, BINARY, PAIR -> throw new IllegalArgumentException(property + " holds no number");
        }
        return this;
    }

    /**
     * Adds a string.
     *
     * @param property one that holds a string.
     * @param value the string.
     * @return this.
     */
    public PropertiesBuilder text(Property property, String value) {
        return bytes(property, Property.Form.TEXT, Utf8.encode(value));
    }

    /**
     * Adds binary data.
     *
     * @param property one that holds binary data.
     * @param value at most 65,535 bytes.
     * @return this.
     */
    public PropertiesBuilder binary(Property property, byte[] value) {
        return bytes(property, Property.Form.BINARY, value);
    }

    /**
     * Adds a pair of the application.
     *
     * @param name the name.
     * @param value the value.
     * @return this.
     */
    public PropertiesBuilder user(String name, String value) {
        byte[] first = Utf8.encode(name);
        byte[] second = Utf8.encode(value);
        start(Property.USER_PROPERTY);
        out.writeShort(first.length).writeBytes(first);
        out.writeShort(second.length).writeBytes(second);
        return this;
    }

    /**
     * Ends the properties.
     *
     * @return what was added; nobody need release it.
     */
    public Properties build() {
        return present == 0 ? Properties.NONE : new Properties(out.copy(), present);
    }

    private PropertiesBuilder bytes(Property property, Property.Form form, byte[] value) {
        if (property.form() != form || value.length > 0xFFFF) {
            throw new IllegalArgumentException(property + " can't hold this");
        }
        start(property);
        out.writeShort(value.length).writeBytes(value);
        return this;
    }

    private void start(Property property) {
        boolean repeats = property == Property.USER_PROPERTY || property == Property.SUBSCRIPTION_IDENTIFIER;
        if ((present & property.bit()) != 0 && !repeats) {
            throw new IllegalArgumentException(property + " occurs twice");
        }
        present |= property.bit();
        out.writeByte(property.id());
    }
}
