package io.dinrail.broker.internal.protocol;

import static io.dinrail.broker.internal.protocol.Place.*;

import java.util.Arrays;
import java.util.Optional;

/** The properties of MQTT 5.0: number, form, range, and the packets each may stand in. */
public enum Property {
    PAYLOAD_FORMAT_INDICATOR(1, Form.BYTE, 0, 1, PUBLISH_BY_CLIENT, PUBLISH_BY_SERVER, WILL),
    MESSAGE_EXPIRY_INTERVAL(2, Form.FOUR_BYTES, 0, Property.U32, PUBLISH_BY_CLIENT, PUBLISH_BY_SERVER, WILL),
    CONTENT_TYPE(3, Form.TEXT, PUBLISH_BY_CLIENT, PUBLISH_BY_SERVER, WILL),
    RESPONSE_TOPIC(8, Form.TEXT, PUBLISH_BY_CLIENT, PUBLISH_BY_SERVER, WILL),
    CORRELATION_DATA(9, Form.BINARY, PUBLISH_BY_CLIENT, PUBLISH_BY_SERVER, WILL),
    SUBSCRIPTION_IDENTIFIER(11, Form.VARIABLE, 1, 268_435_455, PUBLISH_BY_SERVER, SUBSCRIBE),
    SESSION_EXPIRY_INTERVAL(17, Form.FOUR_BYTES, 0, Property.U32, CONNECT, CONNACK, DISCONNECT_BY_CLIENT),
    ASSIGNED_CLIENT_IDENTIFIER(18, Form.TEXT, CONNACK),
    SERVER_KEEP_ALIVE(19, Form.TWO_BYTES, 0, Property.U16, CONNACK),
    AUTHENTICATION_METHOD(21, Form.TEXT, CONNECT, CONNACK, AUTH_BY_CLIENT, AUTH_BY_SERVER),
    AUTHENTICATION_DATA(22, Form.BINARY, CONNECT, CONNACK, AUTH_BY_CLIENT, AUTH_BY_SERVER),
    REQUEST_PROBLEM_INFORMATION(23, Form.BYTE, 0, 1, CONNECT),
    WILL_DELAY_INTERVAL(24, Form.FOUR_BYTES, 0, Property.U32, WILL),
    REQUEST_RESPONSE_INFORMATION(25, Form.BYTE, 0, 1, CONNECT),
    RESPONSE_INFORMATION(26, Form.TEXT, CONNACK),
    SERVER_REFERENCE(28, Form.TEXT, CONNACK, DISCONNECT_BY_SERVER),
    REASON_STRING(
            31,
            Form.TEXT,
            CONNACK,
            PUBACK,
            PUBREC,
            PUBREL,
            PUBCOMP,
            SUBACK,
            UNSUBACK,
            DISCONNECT_BY_CLIENT,
            DISCONNECT_BY_SERVER,
            AUTH_BY_CLIENT,
            AUTH_BY_SERVER),
    RECEIVE_MAXIMUM(33, Form.TWO_BYTES, 1, Property.U16, CONNECT, CONNACK),
    TOPIC_ALIAS_MAXIMUM(34, Form.TWO_BYTES, 0, Property.U16, CONNECT, CONNACK),
    TOPIC_ALIAS(35, Form.TWO_BYTES, 1, Property.U16, PUBLISH_BY_CLIENT, PUBLISH_BY_SERVER),
    MAXIMUM_QOS(36, Form.BYTE, 0, 1, CONNACK),
    RETAIN_AVAILABLE(37, Form.BYTE, 0, 1, CONNACK),
    USER_PROPERTY(38, Form.PAIR, Place.values()),
    MAXIMUM_PACKET_SIZE(39, Form.FOUR_BYTES, 1, Property.U32, CONNECT, CONNACK),
    WILDCARD_SUBSCRIPTION_AVAILABLE(40, Form.BYTE, 0, 1, CONNACK),
    SUBSCRIPTION_IDENTIFIER_AVAILABLE(41, Form.BYTE, 0, 1, CONNACK),
    SHARED_SUBSCRIPTION_AVAILABLE(42, Form.BYTE, 0, 1, CONNACK);

    /** How a value is written. */
    enum Form {
        BYTE,
        TWO_BYTES,
        FOUR_BYTES,
        VARIABLE,
        TEXT,
        BINARY,
        PAIR
    }

    private static final long U16 = 0xFFFF;
    private static final long U32 = 0xFFFF_FFFFL;
    private static final Property[] BY_ID = new Property[43];

    static {
        Arrays.stream(values()).forEach(property -> BY_ID[property.id] = property);
    }

    private final int id;
    private final Form form;
    private final long lowest;
    private final long highest;
    private final int places;

    Property(int id, Form form, Place... places) {
        this(id, form, 0, 0, places);
    }

    Property(int id, Form form, long lowest, long highest, Place... places) {
        this.id = id;
        this.form = form;
        this.lowest = lowest;
        this.highest = highest;
        this.places = Place.mask(places);
    }

    static Optional<Property> of(int id) {
        return id < 0 || id >= BY_ID.length ? Optional.empty() : Optional.ofNullable(BY_ID[id]);
    }

    int id() {
        return id;
    }

    Form form() {
        return form;
    }

    /** One bit for each property: every identifier is below 64. */
    long bit() {
        return 1L << id;
    }

    boolean allows(long number) {
        return number >= lowest && number <= highest;
    }

    boolean mayStandIn(Place place) {
        return place.in(places);
    }

    boolean mayRepeatIn(Place place) {
        return this == USER_PROPERTY || this == SUBSCRIPTION_IDENTIFIER && place == PUBLISH_BY_SERVER;
    }
}
