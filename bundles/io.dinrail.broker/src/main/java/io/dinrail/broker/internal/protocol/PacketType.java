package io.dinrail.broker.internal.protocol;

/** The kinds of packet, in the order of their numbers; number 0 is forbidden. */
public enum PacketType {
    CONNECT(true, false, 0),
    CONNACK(false, true, 0),
    PUBLISH(true, true, 0),
    PUBACK(true, true, 0),
    PUBREC(true, true, 0),
    PUBREL(true, true, 2),
    PUBCOMP(true, true, 0),
    SUBSCRIBE(true, false, 2),
    SUBACK(false, true, 0),
    UNSUBSCRIBE(true, false, 2),
    UNSUBACK(false, true, 0),
    PINGREQ(true, false, 0),
    PINGRESP(false, true, 0),
    DISCONNECT(true, true, 0),
    AUTH(true, true, 0);

    private static final PacketType[] ALL = values();

    private final boolean byClient;
    private final boolean byServer;
    private final int flags;

    PacketType(boolean byClient, boolean byServer, int flags) {
        this.byClient = byClient;
        this.byServer = byServer;
        this.flags = flags;
    }

    static PacketType of(int number) {
        return ALL[number - 1];
    }

    int number() {
        return ordinal() + 1;
    }

    /** The four low bits of the first byte, for every type but PUBLISH. */
    int flags() {
        return flags;
    }

    boolean mayBeSentBy(Role role) {
        return role == Role.CLIENT ? byClient : byServer;
    }
}
