package io.moquette.broker;

import io.moquette.broker.subscriptions.ShareName;
import io.moquette.broker.subscriptions.SharedSubscription;
import io.moquette.broker.subscriptions.Subscription;
import io.moquette.broker.subscriptions.SubscriptionIdentifier;
import io.moquette.broker.subscriptions.Topic;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * The stored subscriptions, of which a tree is to see only those of its kind.
 *
 * @param all of them.
 * @param shared which kind.
 */
record OneKind(ISubscriptionsRepository all, boolean shared) implements ISubscriptionsRepository {
    @Override
    public Set<Subscription> listAllSubscriptions() {
        return shared ? Set.of() : all.listAllSubscriptions();
    }

    @Override
    public Collection<SharedSubscription> listAllSharedSubscription() {
        return shared ? all.listAllSharedSubscription() : List.of();
    }

    @Override
    public void addNewSubscription(Subscription subscription) {
        all.addNewSubscription(subscription);
    }

    @Override
    public void removeSubscription(String filter, String clientId) {
        all.removeSubscription(filter, clientId);
    }

    @Override
    public void removeAllSharedSubscriptions(String clientId) {
        all.removeAllSharedSubscriptions(clientId);
    }

    @Override
    public void removeSharedSubscription(String clientId, ShareName group, Topic filter) {
        all.removeSharedSubscription(clientId, group, filter);
    }

    @Override
    public void addNewSharedSubscription(
            String clientId, ShareName group, Topic filter, MqttSubscriptionOption option) {
        all.addNewSharedSubscription(clientId, group, filter, option);
    }

    @Override
    public void addNewSharedSubscription(
            String clientId, ShareName group, Topic filter, MqttSubscriptionOption option, SubscriptionIdentifier id) {
        all.addNewSharedSubscription(clientId, group, filter, option, id);
    }
}
