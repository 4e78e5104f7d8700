package io.dinrail.broker.internal.protocol;

/** Where properties and reason codes stand: a packet, its will, or a packet of one side. */
enum Place {
    CONNECT,
    WILL,
    CONNACK,
    PUBLISH_BY_CLIENT,
    PUBLISH_BY_SERVER,
    PUBACK,
    PUBREC,
    PUBREL,
    PUBCOMP,
    SUBSCRIBE,
    SUBACK,
    UNSUBSCRIBE,
    UNSUBACK,
    DISCONNECT_BY_CLIENT,
    DISCONNECT_BY_SERVER,
    AUTH_BY_CLIENT,
    AUTH_BY_SERVER;

    static Place of(PacketType type, Role sender) {
        boolean client = sender == Role.CLIENT;
        return switch (type) {
            case CONNECT -> CONNECT;
            case CONNACK -> CONNACK;
            case PUBLISH -> client ? PUBLISH_BY_CLIENT : PUBLISH_BY_SERVER;
            case PUBACK -> PUBACK;
            case PUBREC -> PUBREC;
            case PUBREL -> PUBREL;
            case PUBCOMP -> PUBCOMP;
            case SUBSCRIBE -> SUBSCRIBE;
            case SUBACK -> SUBACK;
            case UNSUBSCRIBE -> UNSUBSCRIBE;
            case UNSUBACK -> UNSUBACK;
            case DISCONNECT -> client ? DISCONNECT_BY_CLIENT : DISCONNECT_BY_SERVER;
            case AUTH -> client ? AUTH_BY_CLIENT : AUTH_BY_SERVER;
            case PINGREQ, PINGRESP -> throw new IllegalArgumentException(type + " has neither properties nor reasons");
        };
    }

    static int mask(Place... places) {
        int mask = 0;
        for (Place place : places) {
            mask |= 1 << place.ordinal();
        }
        return mask;
    }

    boolean in(int mask) {
        return (mask >>> ordinal() & 1) != 0;
    }
}
