package io.dinrail.broker.internal.protocol;

/** The two packets that say nothing but that somebody is there. */
public enum Ping implements Packet {
    REQUEST(PacketType.PINGREQ),
    RESPONSE(PacketType.PINGRESP);

    private final PacketType type;

    Ping(PacketType type) {
        this.type = type;
    }

    @Override
    public PacketType type() {
        return type;
    }

    @Override
    public Properties properties() {
        return Properties.NONE;
    }
}
