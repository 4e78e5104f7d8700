package io.dinrail.broker.moquette.internal;

import static io.netty.handler.codec.mqtt.MqttQoS.AT_MOST_ONCE;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttSubAckPayload;
import java.util.List;

/** The packets that the guard sends itself. */
final class Answers {
    private Answers() {}

    static void refuse(ChannelHandlerContext ctx, MqttConnectReturnCode code) {
        MqttMessage packet = MqttMessageBuilders.connAck()
                .returnCode(code)
                .sessionPresent(false)
                .build();
        ctx.writeAndFlush(packet).addListener(ChannelFutureListener.CLOSE);
    }

    static void acknowledge(ChannelHandlerContext ctx, MqttMessageType type, int packetId) {
        ctx.writeAndFlush(acknowledgement(type, packetId));
    }

    static MqttMessage acknowledgement(MqttMessageType type, int packetId) {
        return new MqttMessage(header(type), MqttMessageIdVariableHeader.from(packetId));
    }

    /** Answers with a reason, which only MQTT 5 can carry. */
    static void acknowledge(ChannelHandlerContext ctx, MqttMessageType type, int packetId, int code) {
        var variable = new MqttPubReplyMessageVariableHeader(packetId, (byte) code, MqttProperties.NO_PROPERTIES);
        ctx.writeAndFlush(new MqttMessage(header(type), variable));
    }

    static MqttSubAckMessage subscribed(int packetId, List<Integer> codes) {
        return new MqttSubAckMessage(
                header(MqttMessageType.SUBACK),
                MqttMessageIdVariableHeader.from(packetId),
                new MqttSubAckPayload(codes));
    }

    private static MqttFixedHeader header(MqttMessageType type) {
        return new MqttFixedHeader(type, false, AT_MOST_ONCE, false, 0);
    }
}
