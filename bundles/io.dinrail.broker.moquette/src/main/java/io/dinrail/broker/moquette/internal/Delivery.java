package io.dinrail.broker.moquette.internal;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.util.ReferenceCountUtil;
import java.util.HashSet;
import java.util.Set;

/**
 * The last gate before a message leaves, whatever brought it here: a subscription, a retained message, a shared group, a queue from before rules changed. What
 * is held back is acknowledged to the engine in the client's name, so that nothing waits for it. Used by the channel's own loop only.
 */
final class Delivery {
    private final Hall hall;
    private final Client client;
    /** Packet ids of QoS 2 that were held back, until the engine's PUBREL. */
    private final Set<Integer> heldBack = new HashSet<>();

    Delivery(Hall hall, Client client) {
        this.hall = hall;
        this.client = client;
    }

    /** @param closing whether the client is leaving: what is on its way then waits in its session, if that stays. */
    void publish(ChannelHandlerContext ctx, MqttPublishMessage packet, ChannelPromise promise, boolean closing) {
        if (closing) {
            ReferenceCountUtil.release(packet);
            promise.trySuccess();
            return;
        }
        String topic = packet.variableHeader().topicName();
        if (hall.delivers(client, topic)) {
            ctx.write(packet, promise);
            return;
        }
        if (packet.fixedHeader().qosLevel() == MqttQoS.EXACTLY_ONCE
                && !heldBack.add(packet.variableHeader().packetId())) {
            // offered again before the engine has heard the first answer, which is on its way
            ReferenceCountUtil.release(packet);
            promise.trySuccess();
            return;
        }
        hall.losses()
                .count("delivery.refused", client.shownId(), "may not receive '" + topic + "': the message is dropped");
        int id = packet.variableHeader().packetId();
        var qos = packet.fixedHeader().qosLevel();
        ReferenceCountUtil.release(packet);
        promise.trySuccess();
        switch (qos) {
            case AT_LEAST_ONCE -> acknowledge(ctx, MqttMessageType.PUBACK, id);
            case EXACTLY_ONCE -> acknowledge(ctx, MqttMessageType.PUBREC, id);
            default -> {} // nobody waits
        }
    }

    void release(ChannelHandlerContext ctx, MqttMessage packet, ChannelPromise promise) {
        int id = ((MqttMessageIdVariableHeader) packet.variableHeader()).messageId();
        if (heldBack.remove(id)) {
            promise.trySuccess();
            acknowledge(ctx, MqttMessageType.PUBCOMP, id);
        } else {
            ctx.write(packet, promise);
        }
    }

    private static void acknowledge(ChannelHandlerContext ctx, MqttMessageType type, int id) {
        ctx.fireChannelRead(Answers.acknowledgement(type, id));
    }
}
