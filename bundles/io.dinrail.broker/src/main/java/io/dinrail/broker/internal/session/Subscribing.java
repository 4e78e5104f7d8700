package io.dinrail.broker.internal.session;

import io.dinrail.broker.internal.protocol.MalformedPacket;
import io.dinrail.broker.internal.protocol.MqttVersion;
import io.dinrail.broker.internal.protocol.Packet;
import io.dinrail.broker.internal.protocol.Properties;
import io.dinrail.broker.internal.protocol.ReasonCode;
import io.dinrail.broker.internal.protocol.RetainHandling;
import io.dinrail.broker.internal.protocol.Suback;
import io.dinrail.broker.internal.protocol.Subscribe;
import io.dinrail.broker.internal.protocol.Subscription;
import io.dinrail.broker.internal.protocol.TopicFilters;
import io.dinrail.broker.internal.protocol.Unsuback;
import io.dinrail.broker.internal.protocol.Unsubscribe;
import io.dinrail.broker.internal.store.StoreException;
import io.dinrail.identity.api.Action;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What one client subscribes to; a session that is kept has it stored before the answer leaves. Used on its connection's lane only. */
final class Subscribing {
    /** A subscription that was granted. */
    private record Granted(Subscription subscription, long wish, boolean isNew) {}

    private final Connection connection;
    private final Session session;
    private final Broker broker;
    private final RetainedFeed feed;

    Subscribing(Connection connection, Session session, Broker broker) {
        this.connection = connection;
        this.session = session;
        this.broker = broker;
        this.feed = new RetainedFeed(connection, session, broker);
    }

    RetainedFeed feed() {
        return feed;
    }

    void subscribe(Subscribe packet) {
        List<ReasonCode> reasons = new ArrayList<>();
        List<Granted> granted = new ArrayList<>();
        for (Subscription one : packet.subscriptions()) {
            ReasonCode reason = decide(one);
            if (!reason.isError()) {
                long wish = Wish.of(one, packet).packed();
                granted.add(new Granted(one, wish, session.realm().subscribe(session, one.filter(), wish)));
            }
            reasons.add(reason);
        }
        Ticket ticket = connection.answer(new Answer(packet, reasons, granted));
        if (session.isKept() && !granted.isEmpty()) {
            Commit growing = connection.lane().desk().growing();
            broker.record(session, growing);
            growing.await(ticket);
        } else {
            ticket.keep();
        }
    }

    private ReasonCode decide(Subscription subscription) {
        ReasonCode reason = reason(subscription);
        if (!reason.isError()) {
            return reason;
        }
        String filter = subscription.filter();
        broker.ledger()
                .count("subscribe.refused", connection.shown(), "may not subscribe to '" + filter + "': " + reason);
        if (reason == ReasonCode.NOT_AUTHORIZED) {
            connection.denied(Action.SUBSCRIBE, Realm.inner(filter));
        }
        return connection.isVersion5() ? reason : ReasonCode.UNSPECIFIED_ERROR;
    }

    private ReasonCode reason(Subscription subscription) {
        String filter = subscription.filter();
        if (!isWellFormed(filter) || !Topics.isWithinBounds(filter, filter.length())) {
            return ReasonCode.TOPIC_FILTER_INVALID;
        }
        int most = broker.settings().subscriptions();
        if (most > 0 && session.wishes().size() >= most && !session.wishes().containsKey(filter)) {
            return ReasonCode.QUOTA_EXCEEDED;
        }
        String inner = Realm.inner(filter);
        boolean possible = !inner.startsWith("$") || session.realm().isDefault();
        if (!possible || !connection.may(Action.SUBSCRIBE, inner)) {
            return ReasonCode.NOT_AUTHORIZED;
        }
        return switch (subscription.qos()) {
            case AT_MOST_ONCE -> ReasonCode.SUCCESS;
            case AT_LEAST_ONCE -> ReasonCode.GRANTED_QOS_1;
            case EXACTLY_ONCE -> ReasonCode.GRANTED_QOS_2;
        };
    }

    /** 3.x knows no shared subscriptions; they are offered to it all the same, and what only looks like one is refused. */
    private boolean isWellFormed(String filter) {
        try {
            TopicFilters.check(filter, MqttVersion.V5);
            return true;
        } catch (MalformedPacket e) {
            return false;
        }
    }

    /** SUBACK, and behind it the retained messages. */
    private final class Answer extends Ticket {
        private final Subscribe packet;
        private final List<ReasonCode> reasons;
        private final List<Granted> granted;

        Answer(Subscribe packet, List<ReasonCode> reasons, List<Granted> granted) {
            super(Subscribing.this.connection, new Suback(packet.packetId(), reasons, Properties.NONE));
            this.packet = packet;
            this.reasons = reasons;
            this.granted = granted;
        }

        @Override
        void left() {
            granted.forEach(this::serve);
        }

        private void serve(Granted one) {
            RetainHandling handling = one.subscription().retainHandling();
            boolean wanted = handling == RetainHandling.SEND || handling == RetainHandling.SEND_IF_NEW && one.isNew();
            if (wanted && !Realm.isShared(one.subscription().filter())) {
                feed.serve(one.subscription().filter(), one.wish());
            }
        }

        @Override
        Packet refused(StoreException why) {
            granted.stream()
                    .filter(Granted::isNew)
                    .forEach(one -> session.realm()
                            .unsubscribe(session, one.subscription().filter()));
            ReasonCode reason = connection.isVersion5() ? ReasonCode.QUOTA_EXCEEDED : ReasonCode.UNSPECIFIED_ERROR;
            granted.clear();
            return new Suback(packet.packetId(), Collections.nCopies(reasons.size(), reason), Properties.NONE);
        }
    }

    void unsubscribe(Unsubscribe packet) {
        List<ReasonCode> reasons = new ArrayList<>();
        boolean changed = false;
        for (String filter : packet.filters()) {
            boolean was = session.realm().unsubscribe(session, filter);
            changed |= was;
            reasons.add(was ? ReasonCode.SUCCESS : ReasonCode.NO_SUBSCRIPTION_EXISTED);
        }
        List<ReasonCode> told = connection.isVersion5() ? reasons : List.of();
        Ticket ticket =
                connection.answer(new Ticket(connection, new Unsuback(packet.packetId(), told, Properties.NONE)));
        if (session.isKept() && changed) {
            Commit commit = connection.lane().desk().standing();
            broker.renew(session, commit);
            commit.await(ticket);
        } else {
            ticket.keep();
        }
    }

    /** Asks about every subscription again and answers whether all are still allowed; those that aren't are gone. */
    boolean recheck() {
        List<String> refused = session.wishes().keySet().stream()
                .filter(filter -> !connection.may(Action.SUBSCRIBE, Realm.inner(filter)))
                .toList();
        refused.forEach(filter -> session.realm().unsubscribe(session, filter));
        if (!refused.isEmpty() && session.isKept()) {
            broker.renew(session, connection.lane().desk().standing());
        }
        return refused.isEmpty();
    }
}
