package io.moquette.broker;

import io.dinrail.broker.front.ReservedTopics;
import io.moquette.broker.subscriptions.CTrieSubscriptionDirectory;
import io.moquette.broker.subscriptions.ISubscriptionsDirectory;
import io.moquette.broker.subscriptions.ShareName;
import io.moquette.broker.subscriptions.SharedSubscription;
import io.moquette.broker.subscriptions.Subscription;
import io.moquette.broker.subscriptions.SubscriptionIdentifier;
import io.moquette.broker.subscriptions.Topic;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The engine's subscriptions, with what it gets wrong put right: it forgets at a restart which shared ones a client has, so that they could never be taken
 * away again; whoever gives up a filter takes other clients' shared subscriptions to the same filter with it, so those have a tree of their own; taking away
 * one that is not there fails; and it sends on topics of the platform's own to filters that begin with a wildcard.
 */
final class Directory implements ISubscriptionsDirectory {
    /** A shared subscription of a client. */
    record Shared(ShareName group, Topic filter) {}

    private final ISubscriptionsDirectory tree = new CTrieSubscriptionDirectory();
    private final ISubscriptionsDirectory sharedTree = new CTrieSubscriptionDirectory();
    private final Map<String, Set<Shared>> shared = new ConcurrentHashMap<>();

    @Override
    public void init(ISubscriptionsRepository stored) {
        tree.init(new OneKind(stored, false));
        sharedTree.init(new OneKind(stored, true));
        for (SharedSubscription one : stored.listAllSharedSubscription()) {
            remember(one.clientId(), one.getShareName(), one.topicFilter());
        }
    }

    private void remember(String clientId, ShareName group, Topic filter) {
        shared.computeIfAbsent(clientId, fresh -> ConcurrentHashMap.newKeySet()).add(new Shared(group, filter));
    }

    Set<Shared> sharedOf(String clientId) {
        Set<Shared> had = shared.get(clientId);
        return had == null ? new HashSet<>() : had;
    }

    @Override
    public List<Subscription> matchWithoutQosSharpening(Topic topic) {
        return heard(topic, both(tree.matchWithoutQosSharpening(topic), topic));
    }

    @Override
    public List<Subscription> matchQosSharpening(Topic topic) {
        List<Subscription> matching = both(tree.matchQosSharpening(topic), topic);
        return ReservedTopics.isReserved(topic.toString()) ? heard(topic, matching) : matching;
    }

    private List<Subscription> both(List<Subscription> plain, Topic topic) {
        if (!shared.isEmpty()) {
            plain.addAll(sharedTree.matchQosSharpening(topic));
        }
        return plain;
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
        sharedTree.addShared(clientId, group, filter, option);
        remember(clientId, group, filter);
    }

    @Override
    public void addShared(
            String clientId, ShareName group, Topic filter, MqttSubscriptionOption option, SubscriptionIdentifier id) {
        sharedTree.addShared(clientId, group, filter, option, id);
        remember(clientId, group, filter);
    }

    @Override
    public void removeSubscription(Topic filter, String clientId) {
        tree.removeSubscription(filter, clientId);
    }

    @Override
    public void removeSharedSubscription(ShareName group, Topic filter, String clientId) {
        Set<Shared> had = sharedOf(clientId);
        if (had.remove(new Shared(group, filter))) {
            sharedTree.removeSharedSubscription(group, filter, clientId);
            shared.computeIfPresent(clientId, (client, left) -> left.isEmpty() ? null : left);
        }
    }

    @Override
    public void removeSharedSubscriptionsForClient(String clientId) {
        for (Shared one : List.copyOf(sharedOf(clientId))) {
            removeSharedSubscription(one.group(), one.filter(), clientId);
        }
        sharedTree.removeSharedSubscriptionsForClient(clientId);
    }

    @Override
    public int size() {
        return tree.size() + sharedTree.size();
    }

    @Override
    public String dumpTree() {
        return tree.dumpTree() + sharedTree.dumpTree();
    }
}
