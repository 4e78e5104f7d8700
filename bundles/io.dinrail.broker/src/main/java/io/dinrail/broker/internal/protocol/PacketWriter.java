package io.dinrail.broker.internal.protocol;

import io.netty.buffer.ByteBuf;
import java.util.List;

/** Writes what stands behind the fixed header, of every packet but PUBLISH. */
final class PacketWriter {
    private static final int REFUSED = 0x80;

    private PacketWriter() {}

    static void write(Packet packet, MqttVersion version, Properties properties, ByteBuf out) {
        if (packet instanceof Connect connect) {
            ConnectWriter.write(connect, out);
        } else if (packet instanceof Connack connack) {
            connack(connack, version, properties, out);
        } else if (packet instanceof Acknowledgement ack) {
            out.writeShort(ack.packetId());
            reason(ack.reason(), version, properties, out);
        } else if (packet instanceof Subscribe subscribe) {
            start(subscribe.packetId(), version, properties, out);
            subscriptions(subscribe.subscriptions(), version, out);
        } else if (packet instanceof Unsubscribe unsubscribe) {
            start(unsubscribe.packetId(), version, properties, out);
            unsubscribe.filters().forEach(filter -> text(filter, out));
        } else {
            answer(packet, version, properties, out);
        }
    }

    private static void answer(Packet packet, MqttVersion version, Properties properties, ByteBuf out) {
        if (packet instanceof Suback suback) {
            start(suback.packetId(), version, properties, out);
            reasons(suback.reasons(), version, out);
        } else if (packet instanceof Unsuback unsuback) {
            start(unsuback.packetId(), version, properties, out);
            reasons(version.hasProperties() ? unsuback.reasons() : List.of(), version, out);
        } else if (packet instanceof Disconnect disconnect) {
            reason(disconnect.reason(), version, properties, out);
        } else if (packet instanceof Auth auth) {
            if (!version.hasProperties()) {
                throw new IllegalArgumentException("there is no AUTH in " + version);
            }
            reason(auth.reason(), version, properties, out);
        }
    }

    private static void connack(Connack connack, MqttVersion version, Properties properties, ByteBuf out) {
        out.writeByte(connack.sessionPresent() && version != MqttVersion.V3_1 ? 1 : 0);
        if (version.hasProperties()) {
            out.writeByte(connack.reason().code());
            properties(properties, out);
        } else {
            out.writeByte(connack.reason()
                    .returnCode()
                    .orElseThrow(() -> new IllegalArgumentException(
                            connack.reason() + " has no return code: close without CONNACK [3.1.1: MQTT-3.2.2-6]")));
        }
    }

    private static void start(int packetId, MqttVersion version, Properties properties, ByteBuf out) {
        out.writeShort(packetId);
        if (version.hasProperties()) {
            properties(properties, out);
        }
    }

    /** Success without properties is left out. */
    private static void reason(ReasonCode reason, MqttVersion version, Properties properties, ByteBuf out) {
        if (!version.hasProperties() || reason == ReasonCode.SUCCESS && properties.bytes() == 0) {
            return;
        }
        out.writeByte(reason.code());
        if (properties.bytes() > 0) {
            properties(properties, out);
        }
    }

    private static void subscriptions(List<Subscription> subscriptions, MqttVersion version, ByteBuf out) {
        for (Subscription subscription : subscriptions) {
            text(subscription.filter(), out);
            out.writeByte(
                    version.hasProperties()
                            ? subscription.options()
                            : subscription.qos().number());
        }
    }

    private static void reasons(List<ReasonCode> reasons, MqttVersion version, ByteBuf out) {
        for (ReasonCode reason : reasons) {
            out.writeByte(reason.isError() && !version.hasProperties() ? REFUSED : reason.code());
        }
    }

    static void properties(Properties properties, ByteBuf out) {
        VariableInteger.write(out, properties.bytes());
        properties.writeWithout(0, out);
    }

    static void text(String text, ByteBuf out) {
        binary(Utf8.encode(text), out);
    }

    static void binary(byte[] bytes, ByteBuf out) {
        out.writeShort(bytes.length);
        out.writeBytes(bytes);
    }
}
