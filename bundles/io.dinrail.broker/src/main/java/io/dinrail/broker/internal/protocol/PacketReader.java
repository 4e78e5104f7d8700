package io.dinrail.broker.internal.protocol;

import static io.dinrail.broker.internal.protocol.MalformedPacket.malformed;
import static io.dinrail.broker.internal.protocol.MalformedPacket.protocolError;

/** Reads every packet but CONNECT. */
final class PacketReader {
    private PacketReader() {}

    static Packet read(Body in, PacketType type, int flags, MqttVersion version, Role sender) throws MalformedPacket {
        return switch (type) {
            case PUBLISH -> publish(in, flags, version, Place.of(type, sender));
            case PUBACK, PUBREC, PUBREL, PUBCOMP -> acknowledgement(in, type, version, Place.of(type, sender));
            case CONNACK -> connack(in, version);
            case SUBSCRIBE, UNSUBSCRIBE, SUBACK, UNSUBACK -> SubscriptionReader.read(in, type, version);
            case PINGREQ -> Ping.REQUEST;
            case PINGRESP -> Ping.RESPONSE;
            case DISCONNECT -> disconnect(in, version, sender);
            case AUTH -> auth(in, sender);
            case CONNECT -> throw new IllegalArgumentException("CONNECT has a reader of its own");
        };
    }

    private static Publish publish(Body in, int flags, MqttVersion version, Place place) throws MalformedPacket {
        Qos qos = Qos.of(flags >> 1 & 3);
        TopicName topic = in.topicName();
        int packetId = qos == Qos.AT_MOST_ONCE ? 0 : in.packetId();
        int length = version.hasProperties() ? in.variable() : 0;
        int from = in.at();
        long present = length == 0 ? 0 : PropertyReader.check(in, place, length);
        if (topic.isEmpty() && (present & Property.TOPIC_ALIAS.bit()) == 0) {
            throw noTopic(version);
        }
        // Memory is shared only when nothing can be refused any more. The payload alone is counted, also if it is
        // empty.
        Properties properties = length == 0 ? Properties.NONE : new Properties(in.view(from, length), present);
        int size = in.left();
        boolean dup = (flags & 8) != 0 && qos != Qos.AT_MOST_ONCE;
        return new Publish(topic, in.slice(in.advance(size), size), qos, (flags & 1) != 0, dup, packetId, properties);
    }

    private static MalformedPacket noTopic(MqttVersion version) {
        return version.hasProperties()
                ? protocolError("a PUBLISH has neither topic name nor alias [MQTT-3.3.2-1, MQTT-4.7.3-1]")
                : malformed("the topic name is empty [3.1.1: MQTT-4.7.3-1]");
    }

    private static Acknowledgement acknowledgement(Body in, PacketType type, MqttVersion version, Place place)
            throws MalformedPacket {
        int packetId = in.packetId();
        if (!version.hasProperties() || in.left() == 0) {
            return new Acknowledgement(type, packetId, ReasonCode.SUCCESS);
        }
        ReasonCode reason = ReasonCode.at(place, in.u8());
        return new Acknowledgement(type, packetId, reason, lastProperties(in, place));
    }

    /** Properties that may be left out with their length. */
    private static Properties lastProperties(Body in, Place place) throws MalformedPacket {
        return in.left() == 0 ? Properties.NONE : PropertyReader.copied(in, place);
    }

    private static Connack connack(Body in, MqttVersion version) throws MalformedPacket {
        int flags = in.u8();
        int mask = version == MqttVersion.V3_1 ? 0 : 0xFE;
        if ((flags & mask) != 0) {
            throw malformed("CONNACK has reserved flags set [MQTT-3.2.2-1]");
        }
        int code = in.u8();
        ReasonCode reason = version.hasProperties()
                ? ReasonCode.at(Place.CONNACK, code)
                : ReasonCode.ofReturnCode(code)
                        .orElseThrow(() -> malformed("CONNACK has a reserved return code (3.2.2.3)"));
        boolean present = (flags & 1) != 0 && version != MqttVersion.V3_1;
        if (present && reason != ReasonCode.SUCCESS) {
            throw protocolError("CONNACK refuses and has session present set [MQTT-3.2.2-6; 3.1.1: MQTT-3.2.2-4]");
        }
        return new Connack(
                present, reason, version.hasProperties() ? PropertyReader.copied(in, Place.CONNACK) : Properties.NONE);
    }

    private static Disconnect disconnect(Body in, MqttVersion version, Role sender) throws MalformedPacket {
        if (!version.hasProperties() && sender == Role.SERVER) {
            throw protocolError("DISCONNECT came from a server before 5.0 (3.1.1: 3.14)");
        }
        if (!version.hasProperties() || in.left() == 0) {
            return new Disconnect(ReasonCode.SUCCESS, Properties.NONE);
        }
        Place place = Place.of(PacketType.DISCONNECT, sender);
        return new Disconnect(ReasonCode.at(place, in.u8()), lastProperties(in, place));
    }

    private static Auth auth(Body in, Role sender) throws MalformedPacket {
        Place place = Place.of(PacketType.AUTH, sender);
        if (in.left() == 0 && sender == Role.CLIENT) {
            throw protocolError("AUTH of a client says that it succeeded, which only the server can (3.15.2.1)");
        }
        if (in.left() == 0) {
            return new Auth(ReasonCode.SUCCESS, Properties.NONE);
        }
        Auth auth = new Auth(ReasonCode.at(place, in.u8()), lastProperties(in, place));
        if (!auth.properties().has(Property.AUTHENTICATION_METHOD)) {
            throw protocolError("AUTH has no authentication method (3.15.2.2.2)");
        }
        return auth;
    }
}
