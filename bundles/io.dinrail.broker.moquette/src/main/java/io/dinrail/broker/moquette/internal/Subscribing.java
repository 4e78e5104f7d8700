package io.dinrail.broker.moquette.internal;

import io.dinrail.broker.front.TopicNames;
import io.dinrail.identity.api.Action;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttSubscribePayload;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import io.netty.handler.codec.mqtt.MqttUnsubAckMessage;
import io.netty.handler.codec.mqtt.MqttUnsubAckPayload;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one client subscribes to. The engine never sees a filter that is refused, since it adds shared ones all the same; its answer is put together with the
 * refusals on the way back. Used by the channel's own loop only.
 */
final class Subscribing {
    private static final int GRANTED = -1;
    private static final int FAILURE = 0x80;
    private static final int NOT_AUTHORISED = 0x87;
    private static final int FILTER_INVALID = 0x8F;
    private static final int SHARED_NOT_SUPPORTED = 0x9E;

    private final Hall hall;
    private final Client client;
    private final Map<Integer, List<Integer>> subscribing = new HashMap<>();
    private final Map<Integer, Integer> unsubscribing = new HashMap<>();

    Subscribing(Hall hall, Client client) {
        this.hall = hall;
        this.client = client;
    }

    /** @throws Malformed if there is no filter in it. */
    void subscribe(ChannelHandlerContext ctx, MqttSubscribeMessage packet) throws Malformed {
        List<MqttTopicSubscription> asked = packet.payload().topicSubscriptions();
        if (asked.isEmpty()) {
            throw new Malformed(Malformed.PROTOCOL, "a SUBSCRIBE without a filter");
        }
        List<Integer> codes = new ArrayList<>();
        List<MqttTopicSubscription> allowed = new ArrayList<>();
        for (MqttTopicSubscription one : asked) {
            int code = decide(one.topicFilter());
            codes.add(code);
            if (code == GRANTED) {
                allowed.add(one);
            }
        }
        int id = packet.variableHeader().messageId();
        if (allowed.isEmpty()) {
            ctx.writeAndFlush(Answers.subscribed(id, codes));
            return;
        }
        subscribing.put(id, codes);
        ctx.fireChannelRead(new MqttSubscribeMessage(
                packet.fixedHeader(), packet.idAndPropertiesVariableHeader(), new MqttSubscribePayload(allowed)));
    }

    private int decide(String filter) {
        int code = code(filter);
        if (code == GRANTED) {
            return GRANTED;
        }
        hall.losses().count("subscribe.refused", client.shownId(), "may not subscribe to '" + filter + "'");
        return client.isVersion5() ? code : FAILURE;
    }

    private int code(String filter) {
        if (!TopicNames.isShared(filter)) {
            return TopicNames.isFilter(filter) ? allowed(filter) : FILTER_INVALID;
        }
        if (!client.isVersion5()) {
            return SHARED_NOT_SUPPORTED; // the engine would take it for a plain topic
        }
        Optional<String> inner = TopicNames.shared(filter);
        return inner.isPresent() ? allowed(inner.get()) : FILTER_INVALID;
    }

    private int allowed(String filter) {
        if (!filter.startsWith("$") && hall.allows(client, Action.SUBSCRIBE, filter)) {
            return GRANTED;
        }
        if (client.access().denied(Action.SUBSCRIBE, filter)) {
            client.close("server_disconnect", NOT_AUTHORISED);
        }
        return NOT_AUTHORISED;
    }

    /** Puts the refusals back into the engine's answer. */
    MqttSubAckMessage answer(MqttSubAckMessage answer) {
        int id = answer.variableHeader().messageId();
        List<Integer> codes = subscribing.remove(id);
        if (codes == null || codes.stream().allMatch(code -> code == GRANTED)) {
            return answer;
        }
        Iterator<Integer> granted = answer.payload().reasonCodes().iterator();
        List<Integer> all = codes.stream()
                .map(code -> code == GRANTED && granted.hasNext() ? granted.next() : code)
                .toList();
        return Answers.subscribed(id, all);
    }

    /** @throws Malformed if a filter can never have been subscribed to. */
    void unsubscribe(ChannelHandlerContext ctx, MqttUnsubscribeMessage packet) throws Malformed {
        List<String> filters = packet.payload().topics();
        if (filters.isEmpty() || !filters.stream().allMatch(TopicNames::isFilter)) {
            throw new Malformed(Malformed.PROTOCOL, "an UNSUBSCRIBE without a filter, or with one that is none");
        }
        unsubscribing.put(packet.variableHeader().messageId(), filters.size());
        ctx.fireChannelRead(packet);
    }

    /** The engine answers with one reason code, however many filters there were (MQTT 5.0, section 3.11.3). */
    MqttUnsubAckMessage answer(MqttUnsubAckMessage answer) {
        Integer filters = unsubscribing.remove(answer.variableHeader().messageId());
        if (filters == null || !client.isVersion5()) {
            return answer;
        }
        return new MqttUnsubAckMessage(
                answer.fixedHeader(),
                MqttMessageIdVariableHeader.from(answer.variableHeader().messageId()),
                new MqttUnsubAckPayload(Collections.nCopies(filters, (short) 0)));
    }
}
