package io.dinrail.broker.internal.protocol;

import static io.dinrail.broker.internal.protocol.MalformedPacket.malformed;
import static io.dinrail.broker.internal.protocol.MalformedPacket.protocolError;

import org.jspecify.annotations.Nullable;

/** The rules of the first byte, which can be told before the rest is there. */
final class FixedHeader {
    private FixedHeader() {}

    /**
     * Checks the type and its flags.
     *
     * @param version null before CONNECT.
     */
    static PacketType check(int first, Role sender, @Nullable MqttVersion version) throws MalformedPacket {
        int number = first >> 4;
        if (number == 0 || number == 15 && version != null && version != MqttVersion.V5) {
            throw malformed("the packet has a type that this version doesn't know (2.1.2)");
        }
        PacketType type = PacketType.of(number);
        if (!type.mayBeSentBy(sender)) {
            throw protocolError(type + " came from the wrong side (2.1.2)");
        }
        checkOrder(type, sender, version);
        checkFlags(type, first & 0x0F, version);
        return type;
    }

    private static void checkOrder(PacketType type, Role sender, @Nullable MqttVersion version) throws MalformedPacket {
        if (sender == Role.SERVER) {
            return;
        }
        if (version == null && type != PacketType.CONNECT) {
            throw protocolError("the first packet of a client is not CONNECT [MQTT-3.1.0-1]");
        }
        if (version != null && type == PacketType.CONNECT) {
            throw protocolError("a client sent a second CONNECT [MQTT-3.1.0-2]");
        }
    }

    private static void checkFlags(PacketType type, int flags, @Nullable MqttVersion version) throws MalformedPacket {
        if (type == PacketType.PUBLISH) {
            checkPublish(flags, version);
        } else if (flags != type.flags() && !isRepeated(type, flags, version)) {
            throw malformed("reserved flags are not as they must be [MQTT-2.1.3-1, MQTT-3.6.1-1, MQTT-3.8.1-1, "
                    + "MQTT-3.10.1-1, MQTT-3.14.1-1, MQTT-3.15.1-1; 3.1.1: MQTT-2.2.2-1, MQTT-2.2.2-2]");
        }
    }

    /** 3.1 has the DUP flag on everything that is acknowledged. */
    private static boolean isRepeated(PacketType type, int flags, @Nullable MqttVersion version) {
        return version == MqttVersion.V3_1 && type.flags() == 2 && flags == 0x0A;
    }

    private static void checkPublish(int flags, @Nullable MqttVersion version) throws MalformedPacket {
        if ((flags & 6) == 6) {
            throw malformed("a PUBLISH has both QoS bits set [MQTT-3.3.1-4]");
        }
        if ((flags & 0x0E) == 8 && version != MqttVersion.V3_1) {
            throw malformed("a PUBLISH of QoS 0 has DUP set [MQTT-3.3.1-2]");
        }
    }
}
