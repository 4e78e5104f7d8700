package io.dinrail.broker.internal.protocol;

import static io.dinrail.broker.internal.protocol.MalformedPacket.malformed;
import static io.dinrail.broker.internal.protocol.MalformedPacket.protocolError;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** Checks the properties of a packet without making anything of them. */
final class PropertyReader {
    private PropertyReader() {}

    /** Copies the properties: small, and nobody need release them. */
    static Properties copied(Body in, Place place) throws MalformedPacket {
        int length = in.variable();
        int from = in.at();
        long present = check(in, place, length);
        return length == 0 ? Properties.NONE : new Properties(Unpooled.wrappedBuffer(in.copy(from, length)), present);
    }

    /** Reads over properties; gives one bit for each that is there. */
    static long check(Body in, Place place, int length) throws MalformedPacket {
        if (length > in.left()) {
            throw malformed("the properties run beyond the end of the packet");
        }
        int outer = in.limit(in.at() + length);
        in.openWindow(length);
        long present = 0;
        while (in.left() > 0) {
            present |= checkOne(in, place, present);
        }
        in.closeWindow();
        in.limit(outer);
        return present;
    }

    private static long checkOne(Body in, Place place, long present) throws MalformedPacket {
        Property property = Property.of(in.variable()).orElse(null);
        if (property == null || !property.mayStandIn(place)) {
            throw refused(property, place);
        }
        if ((present & property.bit()) != 0 && !property.mayRepeatIn(place)) {
            throw protocolError("a property occurs twice that may occur once");
        }
        checkValue(in, property);
        return property.bit();
    }

    private static MalformedPacket refused(@Nullable Property property, Place place) {
        if (property == Property.SUBSCRIPTION_IDENTIFIER && place == Place.PUBLISH_BY_CLIENT) {
            return protocolError("a PUBLISH of a client has a subscription identifier [MQTT-3.3.4-6]");
        }
        if (property == Property.SESSION_EXPIRY_INTERVAL && place == Place.DISCONNECT_BY_SERVER) {
            return protocolError("a DISCONNECT of a server has a session expiry interval [MQTT-3.14.2-2]");
        }
        return malformed("the packet has a property that may not stand in it (2.2.2.2)");
    }

    private static void checkValue(Body in, Property property) throws MalformedPacket {
        switch (property.form()) {
            case BYTE -> checkNumber(property, in.u8());
            case TWO_BYTES -> checkNumber(property, in.u16());
            case FOUR_BYTES -> checkNumber(property, in.u32());
            case VARIABLE -> checkNumber(property, in.variable());
            case TEXT -> checkText(in, property);
            case BINARY -> in.skipBinary();
            case PAIR -> {
                in.checkText();
                in.checkText();
            }
        }
    }

    private static void checkNumber(Property property, long number) throws MalformedPacket {
        if (property == Property.TOPIC_ALIAS && number == 0) {
            throw MalformedPacket.because(
                    ReasonCode.TOPIC_ALIAS_INVALID, "a PUBLISH has the topic alias 0 [MQTT-3.3.2-8]");
        }
        if (!property.allows(number)) {
            throw protocolError("a property has a value out of its range");
        }
    }

    private static void checkText(Body in, Property property) throws MalformedPacket {
        int before = in.left();
        in.checkText();
        if (property != Property.RESPONSE_TOPIC) {
            return;
        }
        if (in.lastTextHasWildcard()) {
            throw protocolError("a response topic has a wildcard [MQTT-3.3.2-14]");
        }
        if (before - in.left() == Short.BYTES) {
            throw protocolError("a response topic is empty [MQTT-4.7.3-1]");
        }
    }

    /** Finds the end of the value that stands at an index of properties that were checked. */
    static int end(ByteBuf raw, int at, Property property) {
        return switch (property.form()) {
            case BYTE -> at + 1;
            case TWO_BYTES -> at + 2;
            case FOUR_BYTES -> at + 4;
            case VARIABLE -> at + VariableInteger.size(VariableInteger.get(raw, at));
            case TEXT, BINARY -> at + 2 + raw.getUnsignedShort(at);
            case PAIR -> {
                int second = at + 2 + raw.getUnsignedShort(at);
                yield second + 2 + raw.getUnsignedShort(second);
            }
        };
    }
}
