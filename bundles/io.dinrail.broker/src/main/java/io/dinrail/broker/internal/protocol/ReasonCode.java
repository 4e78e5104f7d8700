package io.dinrail.broker.internal.protocol;

import static io.dinrail.broker.internal.protocol.Place.*;

import java.util.Optional;
import java.util.OptionalInt;

/** The reasons of MQTT 5.0, with the packets each may stand in; the return codes of 3.x are translated to them. */
public enum ReasonCode {
    SUCCESS(
            0x00,
            CONNACK,
            PUBACK,
            PUBREC,
            PUBREL,
            PUBCOMP,
            SUBACK,
            UNSUBACK,
            DISCONNECT_BY_CLIENT,
            DISCONNECT_BY_SERVER,
            AUTH_BY_SERVER),
    GRANTED_QOS_1(0x01, SUBACK),
    GRANTED_QOS_2(0x02, SUBACK),
    DISCONNECT_WITH_WILL(0x04, DISCONNECT_BY_CLIENT),
    NO_MATCHING_SUBSCRIBERS(0x10, PUBACK, PUBREC),
    NO_SUBSCRIPTION_EXISTED(0x11, UNSUBACK),
    CONTINUE_AUTHENTICATION(0x18, AUTH_BY_CLIENT, AUTH_BY_SERVER),
    REAUTHENTICATE(0x19, AUTH_BY_CLIENT),
    UNSPECIFIED_ERROR(0x80, CONNACK, PUBACK, PUBREC, SUBACK, UNSUBACK, DISCONNECT_BY_CLIENT, DISCONNECT_BY_SERVER),
    MALFORMED_PACKET(0x81, CONNACK, DISCONNECT_BY_CLIENT, DISCONNECT_BY_SERVER),
    PROTOCOL_ERROR(0x82, CONNACK, DISCONNECT_BY_CLIENT, DISCONNECT_BY_SERVER),
    IMPLEMENTATION_SPECIFIC_ERROR(
            0x83, CONNACK, PUBACK, PUBREC, SUBACK, UNSUBACK, DISCONNECT_BY_CLIENT, DISCONNECT_BY_SERVER),
    UNSUPPORTED_PROTOCOL_VERSION(0x84, CONNACK),
    CLIENT_IDENTIFIER_NOT_VALID(0x85, CONNACK),
    BAD_USER_NAME_OR_PASSWORD(0x86, CONNACK),
    NOT_AUTHORIZED(0x87, CONNACK, PUBACK, PUBREC, SUBACK, UNSUBACK, DISCONNECT_BY_SERVER),
    SERVER_UNAVAILABLE(0x88, CONNACK),
    SERVER_BUSY(0x89, CONNACK, DISCONNECT_BY_SERVER),
    BANNED(0x8A, CONNACK),
    SERVER_SHUTTING_DOWN(0x8B, DISCONNECT_BY_SERVER),
    BAD_AUTHENTICATION_METHOD(0x8C, CONNACK),
    KEEP_ALIVE_TIMEOUT(0x8D, DISCONNECT_BY_SERVER),
    SESSION_TAKEN_OVER(0x8E, DISCONNECT_BY_SERVER),
    TOPIC_FILTER_INVALID(0x8F, SUBACK, UNSUBACK, DISCONNECT_BY_SERVER),
    TOPIC_NAME_INVALID(0x90, CONNACK, PUBACK, PUBREC, DISCONNECT_BY_CLIENT, DISCONNECT_BY_SERVER),
    PACKET_IDENTIFIER_IN_USE(0x91, PUBACK, PUBREC, SUBACK, UNSUBACK),
    PACKET_IDENTIFIER_NOT_FOUND(0x92, PUBREL, PUBCOMP),
    RECEIVE_MAXIMUM_EXCEEDED(0x93, DISCONNECT_BY_CLIENT, DISCONNECT_BY_SERVER),
    TOPIC_ALIAS_INVALID(0x94, DISCONNECT_BY_CLIENT, DISCONNECT_BY_SERVER),
    PACKET_TOO_LARGE(0x95, CONNACK, DISCONNECT_BY_CLIENT, DISCONNECT_BY_SERVER),
    MESSAGE_RATE_TOO_HIGH(0x96, DISCONNECT_BY_CLIENT, DISCONNECT_BY_SERVER),
    QUOTA_EXCEEDED(0x97, CONNACK, PUBACK, PUBREC, SUBACK, DISCONNECT_BY_CLIENT, DISCONNECT_BY_SERVER),
    ADMINISTRATIVE_ACTION(0x98, DISCONNECT_BY_CLIENT, DISCONNECT_BY_SERVER),
    PAYLOAD_FORMAT_INVALID(0x99, CONNACK, PUBACK, PUBREC, DISCONNECT_BY_CLIENT, DISCONNECT_BY_SERVER),
    RETAIN_NOT_SUPPORTED(0x9A, CONNACK, DISCONNECT_BY_SERVER),
    QOS_NOT_SUPPORTED(0x9B, CONNACK, DISCONNECT_BY_SERVER),
    USE_ANOTHER_SERVER(0x9C, CONNACK, DISCONNECT_BY_SERVER),
    SERVER_MOVED(0x9D, CONNACK, DISCONNECT_BY_SERVER),
    SHARED_SUBSCRIPTIONS_NOT_SUPPORTED(0x9E, SUBACK, DISCONNECT_BY_SERVER),
    CONNECTION_RATE_EXCEEDED(0x9F, CONNACK, DISCONNECT_BY_SERVER),
    MAXIMUM_CONNECT_TIME(0xA0, DISCONNECT_BY_SERVER),
    SUBSCRIPTION_IDENTIFIERS_NOT_SUPPORTED(0xA1, SUBACK, DISCONNECT_BY_SERVER),
    WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED(0xA2, SUBACK, DISCONNECT_BY_SERVER);

    private static final ReasonCode[] BY_CODE = new ReasonCode[256];

    static {
        for (ReasonCode reason : values()) {
            BY_CODE[reason.code] = reason;
        }
    }

    private final int code;
    private final int places;

    ReasonCode(int code, Place... places) {
        this.code = code;
        this.places = Place.mask(places);
    }

    static ReasonCode at(Place place, int code) throws MalformedPacket {
        ReasonCode reason = BY_CODE[code];
        if (reason == null || !reason.mayStandIn(place)) {
            throw MalformedPacket.malformed("the packet has a reason code that may not stand in it [MQTT-3.2.2-8, "
                    + "MQTT-3.4.2-1, MQTT-3.5.2-1, MQTT-3.6.2-1, MQTT-3.7.2-1, MQTT-3.9.3-2, MQTT-3.11.3-2, "
                    + "MQTT-3.14.2-1, MQTT-3.15.2-1]");
        }
        return reason;
    }

    static Optional<ReasonCode> ofReturnCode(int code) {
        return switch (code) {
            case 0 -> Optional.of(SUCCESS);
            case 1 -> Optional.of(UNSUPPORTED_PROTOCOL_VERSION);
            case 2 -> Optional.of(CLIENT_IDENTIFIER_NOT_VALID);
            case 3 -> Optional.of(SERVER_UNAVAILABLE);
            case 4 -> Optional.of(BAD_USER_NAME_OR_PASSWORD);
            case 5 -> Optional.of(NOT_AUTHORIZED);
            default -> Optional.empty();
        };
    }

    /**
     * Says which return code of a CONNACK of 3.1 and 3.1.1 comes nearest.
     *
     * @return 0 to 5, or empty when the connection is to be closed without a CONNACK [MQTT-3.2.2-6 of 3.1.1].
     */
    public OptionalInt returnCode() {
        return switch (this) {
            case SUCCESS -> OptionalInt.of(0);
            case UNSUPPORTED_PROTOCOL_VERSION -> OptionalInt.of(1);
            case CLIENT_IDENTIFIER_NOT_VALID -> OptionalInt.of(2);
            case SERVER_UNAVAILABLE,
                    SERVER_BUSY,
                    QUOTA_EXCEEDED,
                    CONNECTION_RATE_EXCEEDED,
                    USE_ANOTHER_SERVER,
                    SERVER_MOVED -> OptionalInt.of(3);
            case BAD_USER_NAME_OR_PASSWORD -> OptionalInt.of(4);
            case NOT_AUTHORIZED, BANNED, BAD_AUTHENTICATION_METHOD -> OptionalInt.of(5);
            default -> OptionalInt.empty();
        };
    }

    /**
     * Gives the number that stands in packets.
     *
     * @return 0 to 255.
     */
    public int code() {
        return code;
    }

    /**
     * Says whether something failed.
     *
     * @return true from 0x80.
     */
    public boolean isError() {
        return code >= 0x80;
    }

    boolean mayStandIn(Place place) {
        return place.in(places);
    }
}
