package io.dinrail.broker.moquette.internal;

import static io.netty.handler.codec.mqtt.MqttQoS.AT_LEAST_ONCE;
import static io.netty.handler.codec.mqtt.MqttQoS.AT_MOST_ONCE;
import static io.netty.handler.codec.mqtt.MqttQoS.EXACTLY_ONCE;

import io.dinrail.broker.front.ReservedTopics;
import io.dinrail.broker.front.TopicNames;
import io.dinrail.identity.api.Action;
import io.dinrail.messaging.api.Message;
import io.moquette.broker.MoquetteCore;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties.MqttPropertyType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.util.ReferenceCountUtil;
import java.util.HashSet;
import java.util.Set;

/** What one client publishes: refused, told to the audience, or both told and handed to the engine. Used by the channel's own loop only. */
final class Publishing {
    private static final int NOT_AUTHORISED = 0x87;

    private final Hall hall;
    private final Client client;
    private final MoquetteCore core;
    /** Packet ids of QoS 2 that went on, until their PUBREL. */
    private final Set<Integer> taken = new HashSet<>();
    /** Those that were for the platform only. */
    private final Set<Integer> inside = new HashSet<>();

    Publishing(Hall hall, Login login) {
        this.hall = hall;
        this.client = login.client();
        this.core = login.core();
    }

    /** @throws Malformed if the connection must not go on. */
    void publish(ChannelHandlerContext ctx, MqttPublishMessage packet) throws Malformed {
        String topic = packet.variableHeader().topicName();
        if (packet.variableHeader().properties().getProperty(MqttPropertyType.TOPIC_ALIAS.value()) != null) {
            throw new Malformed(Malformed.TOPIC_ALIAS, "a topic alias, which was not offered");
        }
        if (!TopicNames.isTopic(topic)) {
            throw new Malformed(Malformed.TOPIC_NAME, "a topic that can't be published on");
        }
        Enclosed.check(packet.variableHeader().properties());
        if (!allows(topic)) {
            refuse(ctx, packet);
            return;
        }
        hall.received().increment();
        if (ReservedTopics.isReserved(topic)) {
            takeInside(ctx, packet);
        } else {
            take(ctx, packet);
        }
    }

    /** What is the platform's own is heard there and nowhere else, so other organisations have nothing to say; the engine can't route what begins with $. */
    private boolean allows(String topic) {
        boolean possible = !topic.startsWith("$") && (client.inDefault() || !ReservedTopics.isReserved(topic));
        return possible && hall.allows(client, Action.PUBLISH, topic);
    }

    private void refuse(ChannelHandlerContext ctx, MqttPublishMessage packet) {
        String topic = packet.variableHeader().topicName();
        MqttQoS qos = packet.fixedHeader().qosLevel();
        int id = packet.variableHeader().packetId();
        ReferenceCountUtil.release(packet);
        hall.losses()
                .count(
                        "publish.refused",
                        client.shownId(),
                        "may not publish on '" + topic + "': the message is dropped");
        if (qos != AT_MOST_ONCE) {
            tellRefused(ctx, qos, id);
        }
        boolean tooMany = client.access().denied(Action.PUBLISH, topic);
        if (tooMany || hall.offices().closesOnRefusedPublish().test(client.organisation())) {
            client.close("server_disconnect", NOT_AUTHORISED);
        }
    }

    private void tellRefused(ChannelHandlerContext ctx, MqttQoS qos, int id) {
        MqttMessageType answer = qos == AT_LEAST_ONCE ? MqttMessageType.PUBACK : MqttMessageType.PUBREC;
        if (client.isVersion5()) {
            Answers.acknowledge(ctx, answer, id, NOT_AUTHORISED);
        } else {
            Answers.acknowledge(ctx, answer, id);
        }
    }

    private void takeInside(ChannelHandlerContext ctx, MqttPublishMessage packet) {
        String topic = packet.variableHeader().topicName();
        MqttQoS qos = packet.fixedHeader().qosLevel();
        int id = packet.variableHeader().packetId();
        byte[] payload = ByteBufUtil.getBytes(packet.payload());
        ReferenceCountUtil.release(packet);
        if (qos != EXACTLY_ONCE || inside.add(id)) {
            tell(new Message(topic, payload, qos.value(), false));
        }
        if (qos != AT_MOST_ONCE) {
            Answers.acknowledge(ctx, qos == AT_LEAST_ONCE ? MqttMessageType.PUBACK : MqttMessageType.PUBREC, id);
        }
    }

    private void tell(Message message) {
        hall.audience().tell(message, client.principal().login(), hall.clock().instant());
    }

    private void take(ChannelHandlerContext ctx, MqttPublishMessage packet) {
        var header = packet.fixedHeader();
        String topic = packet.variableHeader().topicName();
        boolean again = header.qosLevel() == EXACTLY_ONCE
                && !taken.add(packet.variableHeader().packetId());
        boolean kept = header.isRetain() && !isCommand(topic);
        boolean keptHere = kept && header.qosLevel() == AT_MOST_ONCE; // the engine would clear instead
        if (keptHere || !again && client.inDefault() && hall.audience().listensTo(topic)) {
            byte[] payload = ByteBufUtil.getBytes(packet.payload());
            if (keptHere) {
                core.retain(topic, payload, 0);
            }
            if (!again && client.inDefault()) {
                tell(new Message(topic, payload, header.qosLevel().value(), header.isRetain()));
            }
        }
        ctx.fireChannelRead(forEngine(packet, again, kept && !keptHere));
    }

    /** A publish sent again is dropped by the engine if the first never came; so it goes on as new, unless this connection has seen it. */
    private static MqttPublishMessage forEngine(MqttPublishMessage packet, boolean again, boolean retain) {
        var header = packet.fixedHeader();
        boolean duplicate = header.isDup() && again;
        if (duplicate == header.isDup() && retain == header.isRetain()) {
            return packet;
        }
        return new MqttPublishMessage(
                new MqttFixedHeader(
                        MqttMessageType.PUBLISH, duplicate, header.qosLevel(), retain, header.remainingLength()),
                packet.variableHeader(),
                packet.payload());
    }

    /** A retained command would be obeyed again at every reconnect. */
    static boolean isCommand(String topic) {
        return topic.startsWith("commands/")
                || topic.equals("commands")
                || TopicNames.matches("devices/+/commands", topic);
    }

    void release(ChannelHandlerContext ctx, MqttMessage packet) {
        int id = ((MqttMessageIdVariableHeader) packet.variableHeader()).messageId();
        if (taken.remove(id)) {
            ctx.fireChannelRead(packet);
        } else {
            inside.remove(id);
            Answers.acknowledge(ctx, MqttMessageType.PUBCOMP, id); // ours, refused before, or of an earlier connection
        }
    }
}
