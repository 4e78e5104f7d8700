package io.moquette.broker;

import io.dinrail.broker.front.ReservedTopics;
import io.moquette.broker.SessionRegistry.PublishedMessage;
import io.moquette.broker.subscriptions.Topic;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.mqtt.MqttProperties.MqttProperty;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/** Retained messages under their topic as text. The engine's own keys are serialised objects, which H2 can't read back from a bundle of its own. */
final class StoredRetained implements IRetainedRepository {
    private final MVMap<String, byte[]> messages;

    StoredRetained(MVStore store) {
        this.messages = store.openMap("retained");
    }

    @Override
    public void cleanRetained(Topic topic) {
        messages.remove(topic.toString());
    }

    @Override
    public void retain(Topic topic, MqttPublishMessage message) {
        retain(topic, message, Instant.MAX);
    }

    @Override
    public void retain(Topic topic, MqttPublishMessage message, Instant expiry) {
        MqttProperty<?>[] properties =
                message.variableHeader().properties().listAll().toArray(new MqttProperty<?>[0]);
        PublishedMessage stored = new PublishedMessage(
                topic, message.fixedHeader().qosLevel(), message.payload(), true, expiry, properties);
        messages.put(topic.toString(), MessageBytes.write(stored));
    }

    @Override
    public boolean isEmpty() {
        return messages.isEmpty();
    }

    @Override
    public Collection<RetainedMessage> retainedOnTopic(String filter) {
        Topic wanted = new Topic(filter);
        List<RetainedMessage> found = new ArrayList<>();
        for (Map.Entry<String, byte[]> entry : messages.entrySet()) {
            if (ReservedTopics.hears(filter, entry.getKey()) && new Topic(entry.getKey()).match(wanted)) {
                PublishedMessage stored = MessageBytes.read(entry.getValue());
                if (!stored.isExpired()) {
                    // Without the instant: from it the engine would count a negative time left.
                    found.add(new RetainedMessage(
                            stored.topic, stored.publishingQos, payload(stored), stored.mqttProperties));
                }
            }
        }
        return found;
    }

    @Override
    public Collection<RetainedMessage> listExpirable() {
        return messages.values().stream()
                .map(MessageBytes::read)
                .filter(stored -> !Instant.MAX.equals(stored.messageExpiry))
                .map(stored -> new RetainedMessage(
                        stored.topic,
                        stored.publishingQos,
                        payload(stored),
                        stored.mqttProperties,
                        stored.messageExpiry))
                .toList();
    }

    private static byte[] payload(PublishedMessage stored) {
        return ByteBufUtil.getBytes(stored.payload);
    }
}
