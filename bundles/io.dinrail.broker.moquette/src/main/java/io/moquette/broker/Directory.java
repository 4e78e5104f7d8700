package io.moquette.broker;

import io.moquette.broker.subscriptions.CTrieSubscriptionDirectory;
import io.moquette.broker.subscriptions.ISubscriptionsDirectory;
import io.moquette.broker.subscriptions.ShareName;
import io.moquette.broker.subscriptions.SharedSubscription;
import io.moquette.broker.subscriptions.Subscription;
import io.moquette.broker.subscriptions.SubscriptionIdentifier;
import io.moquette.broker.subscriptions.Topic;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The engine's subscriptions, with what it gets wrong put right: it forgets at a restart which shared ones a client has, so that they could never be taken
 * away again, and it sends on topics of the platform's own to filters that begin with a wildcard.
 */
final class Directory implements ISubscriptionsDirectory {
    /** A shared subscription of a client. */
    record Shared(ShareName group, Topic filter) {}

    private final ISubscriptionsDirectory tree = new CTrieSubscriptionDirectory();
    private final Map<String, Set<Shared>> shared = new ConcurrentHashMap<>();

    @Override
    public void init(ISubscriptionsRepository stored) {
        tree.init(stored);
        for (SharedSubscription one : stored.listAllSharedSubscription()) {
            remember(one.clientId(), one.getShareName(), one.topicFilter());
        }
    }

    private void remember(String clientId, ShareName group, Topic filter) {
        shared.computeIfAbsent(clientId, fresh -> ConcurrentHashMap.newKeySet()).add(new Shared(group, filter));
    }

    Set<Shared> sharedOf(String clientId) {
        return shared.getOrDefault(clientId, Set.of());
    }

    @Override
    public List<Subscription> matchWithoutQosSharpening(Topic topic) {
        return heard(topic, tree.matchWithoutQosSharpening(topic));
    }

    @Override
    public List<Subscription> matchQosSharpening(Topic topic) {
        if (!ReservedTopics.isReserved(topic.toString())) {
            return tree.matchQosSharpening(topic);
        }
        return heard(topic, tree.matchQosSharpening(topic));
    }

    private static List<Subscription> heard(Topic topic, List<Subscription> matching) {
        return matching.stream()
                .filter(one -> ReservedTopics.hears(one.getTopicFilter().toString(), topic.toString()))
                .toList();
    }

    @Override
    public boolean add(String clientId, Topic filter, MqttSubscriptionOption option) {
        return tree.add(clientId, filter, option);
    }

    @Override
    public boolean add(String clientId, Topic filter, MqttSubscriptionOption option, SubscriptionIdentifier id) {
        return tree.add(clientId, filter, option, id);
    }

    @Override
    public void addShared(String clientId, ShareName group, Topic filter, MqttSubscriptionOption option) {
        tree.addShared(clientId, group, filter, option);
        remember(clientId, group, filter);
    }

    @Override
    public void addShared(
            String clientId, ShareName group, Topic filter, MqttSubscriptionOption option, SubscriptionIdentifier id) {
        tree.addShared(clientId, group, filter, option, id);
        remember(clientId, group, filter);
    }

    @Override
    public void removeSubscription(Topic filter, String clientId) {
        tree.removeSubscription(filter, clientId);
    }

    @Override
    public void removeSharedSubscription(ShareName group, Topic filter, String clientId) {
        tree.removeSharedSubscription(group, filter, clientId);
        sharedOf(clientId).remove(new Shared(group, filter));
    }

    @Override
    public void removeSharedSubscriptionsForClient(String clientId) {
        Set<Shared> gone = shared.remove(clientId);
        if (gone != null) {
            gone.forEach(one -> tree.removeSharedSubscription(one.group(), one.filter(), clientId));
        }
        tree.removeSharedSubscriptionsForClient(clientId);
    }

    @Override
    public int size() {
        return tree.size();
    }

    @Override
    public String dumpTree() {
        return tree.dumpTree();
    }
}
