package io.dinrail.broker.internal.protocol;

import static io.dinrail.broker.internal.protocol.MalformedPacket.malformed;
import static io.dinrail.broker.internal.protocol.MalformedPacket.protocolError;

import java.util.ArrayList;
import java.util.List;

/** Reads SUBSCRIBE and UNSUBSCRIBE and their answers. */
final class SubscriptionReader {
    private SubscriptionReader() {}

    static Packet read(Body in, PacketType type, MqttVersion version) throws MalformedPacket {
        int packetId = in.packetId();
        Place place = Place.of(type, type == PacketType.SUBSCRIBE ? Role.CLIENT : Role.SERVER);
        Properties properties = version.hasProperties() ? PropertyReader.copied(in, place) : Properties.NONE;
        return switch (type) {
            case SUBSCRIBE -> new Subscribe(packetId, subscriptions(in, version), properties);
            case UNSUBSCRIBE -> new Unsubscribe(packetId, filters(in, version), properties);
            case SUBACK -> new Suback(packetId, reasons(in, version, place), properties);
            default ->
                new Unsuback(packetId, version.hasProperties() ? reasons(in, version, place) : List.of(), properties);
        };
    }

    private static List<Subscription> subscriptions(Body in, MqttVersion version) throws MalformedPacket {
        List<Subscription> subscriptions = new ArrayList<>(1);
        do {
            if (in.left() == 0) {
                throw protocolError("SUBSCRIBE has no topic filter [MQTT-3.8.3-2; 3.1.1: MQTT-3.8.3-3]");
            }
            String filter = filter(in, version);
            int options = in.u8();
            checkOptions(filter, options, version);
            subscriptions.add(Subscription.of(filter, options));
        } while (in.left() > 0);
        return subscriptions;
    }

    private static void checkOptions(String filter, int options, MqttVersion version) throws MalformedPacket {
        if ((options & (version.hasProperties() ? 0xC0 : 0xFC)) != 0) {
            throw malformed("SUBSCRIBE has reserved bits set [MQTT-3.8.3-5; 3.1.1: MQTT-3-8.3-4]");
        }
        if ((options & 3) == 3) {
            String sentence = "SUBSCRIBE asks for QoS 3 (3.8.3.1) [3.1.1: MQTT-3-8.3-4]";
            throw version.hasProperties() ? protocolError(sentence) : malformed(sentence);
        }
        if ((options & 0x30) == 0x30) {
            throw protocolError("SUBSCRIBE has the retain handling 3 (3.8.3.1)");
        }
        if ((options & 4) != 0 && filter.startsWith(TopicFilters.SHARED)) {
            throw protocolError("a shared subscription has No Local set [MQTT-3.8.3-4]");
        }
    }

    private static List<String> filters(Body in, MqttVersion version) throws MalformedPacket {
        List<String> filters = new ArrayList<>(1);
        do {
            if (in.left() == 0) {
                throw protocolError("UNSUBSCRIBE has no topic filter [MQTT-3.10.3-2]");
            }
            filters.add(filter(in, version));
        } while (in.left() > 0);
        return filters;
    }

    private static String filter(Body in, MqttVersion version) throws MalformedPacket {
        String filter = in.text();
        TopicFilters.check(filter, version);
        return filter;
    }

    private static List<ReasonCode> reasons(Body in, MqttVersion version, Place place) throws MalformedPacket {
        List<ReasonCode> reasons = new ArrayList<>(1);
        while (in.left() > 0) {
            int code = in.u8();
            if (!version.hasProperties() && code > 2 && code != 0x80) {
                throw malformed("SUBACK has a reserved return code [3.1.1: MQTT-3.9.3-2]");
            }
            reasons.add(ReasonCode.at(place, code));
        }
        if (reasons.isEmpty()) {
            throw protocolError("an answer has no reason code [MQTT-3.8.4-6, MQTT-3.11.3-2; 3.1.1: MQTT-3.8.4-5]");
        }
        return reasons;
    }
}
