package io.dinrail.broker.internal;

import io.dinrail.broker.front.Bounds;
import io.dinrail.broker.front.BrokerEngine;
import io.dinrail.broker.front.Capacity;
import io.dinrail.broker.front.Keeping;
import io.dinrail.broker.front.Losses;
import io.dinrail.broker.front.Parts;
import io.dinrail.broker.front.Presence;
import io.dinrail.broker.front.Settings;
import io.dinrail.broker.internal.link.Link;
import io.dinrail.broker.internal.link.LinkHandler;
import io.dinrail.broker.internal.session.Broker;
import io.dinrail.broker.internal.session.BrokerParts;
import io.dinrail.broker.internal.session.BrokerSettings;
import io.dinrail.broker.internal.session.Durabilities;
import io.dinrail.broker.internal.store.Durability;
import io.dinrail.broker.internal.store.FileDisk;
import io.dinrail.broker.internal.store.MessageStore;
import io.dinrail.broker.internal.store.RecoveryReport;
import io.dinrail.broker.internal.store.StoreSettings;
import io.dinrail.broker.internal.transport.Transport;
import io.dinrail.broker.internal.transport.TransportSettings;
import io.dinrail.messaging.api.BrokerStatus;
import io.dinrail.messaging.api.Message;
import io.dinrail.messaging.api.Session;
import io.dinrail.messaging.api.SessionInfo;
import io.dinrail.messaging.api.Traffic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Store, sessions and network of one broker; safe for use by many threads. */
final class DinrailEngine implements BrokerEngine {
    private static final Logger LOG = LoggerFactory.getLogger(DinrailEngine.class);

    private final Closing closing = new Closing();
    private final Losses losses;
    private final Broker broker;
    private final Transport transport;

    /** @throws IOException if the store can't be opened now; one sentence for the operator. */
    DinrailEngine(Parts parts) throws IOException {
        this.losses = parts.losses();
        try {
            Settings settings = parts.settings();
            closing.add(FolderLock.take(settings.folder()));
            // Whether another connection of the same login is left, the sessions know.
            Presence presence = closing.add(new Presence(parts.bus(), login -> false, parts.clock(), parts.losses()));
            MessageStore store = closing.add(store(settings.folder().resolve("log"), settings.capacity()));
            this.transport = closing.add(new Transport(
                    TransportSettings.of(settings), () -> parts.keys().engine(true), this::accept, losses));
            this.broker = closing.add(new Broker(brokerParts(parts, store, presence)));
            closing.then(transport::shut);
        } catch (IOException | RuntimeException | Error e) {
            closing.close();
            throw e;
        }
    }

    /** Called only once the listeners are open, which is when all is there. */
    private LinkHandler accept(Link link) {
        return broker.accept(link);
    }

    private MessageStore store(Path folder, Capacity capacity) throws IOException {
        StoreSettings usual = StoreSettings.DEFAULT;
        long most = capacity.storeBytes() == 0 ? Long.MAX_VALUE : capacity.storeBytes();
        StoreSettings bounded = new StoreSettings(usual.log(), most, usual.fullness(), usual.pause());
        MessageStore store = MessageStore.open(new FileDisk(folder), bounded);
        tell(store.recovered(), folder);
        store.start();
        return store;
    }

    private void tell(RecoveryReport found, Path folder) {
        LOG.info("the messages kept were read in {} ms", found.took().toMillis());
        if (found.newDamages() > 0) {
            losses.count(
                    "store.damaged",
                    found.newDamages(),
                    "broker",
                    found.newDamages() + " places in the messages kept can't be read; they are set aside in "
                            + folder.resolve("damaged"));
        }
        if (found.lostEntries() > 0) {
            losses.count(
                    "store.lost",
                    found.lostEntries(),
                    "broker",
                    found.lostEntries() + " messages that waited or were retained stood there and are lost");
        }
    }

    private static BrokerParts brokerParts(Parts parts, MessageStore store, Presence presence) {
        return new BrokerParts(
                store,
                settings(parts.settings()),
                parts.identity(),
                parts.settings().anonymousRuleSet(),
                login -> millis(parts.offices().issuedAt().apply(login)),
                parts.offices().closesOnRefusedPublish(),
                new Books(parts.losses()),
                new Ears(parts.audience()),
                new Porter(presence),
                parts.clock());
    }

    private static long millis(Optional<Instant> issuedAt) {
        return issuedAt.map(Instant::toEpochMilli).orElse(0L);
    }

    private static BrokerSettings settings(Settings settings) {
        Keeping keeping = settings.keeping();
        Bounds bounds = settings.bounds();
        Capacity capacity = settings.capacity();
        return new BrokerSettings(
                durabilities(keeping),
                keeping.messages(),
                keeping.bytes(),
                keeping.full() == Keeping.Full.DROP_OLDEST,
                bounds.largestPacket(),
                new BrokerSettings.Publishing(
                        bounds.publishes().perSecond(), bounds.publishes().burst(), capacity.fairRate()),
                bounds.inflight(),
                Duration.ofSeconds(keeping.longestSession()),
                capacity.subscriptions(),
                capacity.retainedMessages(),
                capacity.retainedBytes(),
                capacity.grace(),
                capacity.topicAliases());
    }

    private static Durabilities durabilities(Keeping keeping) {
        Map<String, Durability> ofOrganisations = new HashMap<>();
        keeping.organisations().forEach((organisation, one) -> ofOrganisations.put(organisation, durability(one)));
        return new Durabilities(durability(keeping.durability()), ofOrganisations);
    }

    private static Durability durability(Keeping.Durability told) {
        return told == Keeping.Durability.FSYNC ? Durability.FORCED : Durability.WRITTEN;
    }

    @Override
    public void open() {
        transport.open();
    }

    /** @return the port that a listener has; empty while it isn't open. */
    Optional<Integer> port(String listener) {
        return transport.port(listener);
    }

    /** A disk that can't be written is tried again by the store itself. */
    @Override
    public boolean failed() {
        return false;
    }

    @Override
    public void revoke(String login) {
        broker.revoke(login);
    }

    @Override
    public int publish(Message message) {
        return broker.publish(message);
    }

    @Override
    public List<Session> sessions() {
        return broker.sessions();
    }

    @Override
    public List<SessionInfo> sessionInfos() {
        return broker.sessionInfos();
    }

    @Override
    public SortedMap<String, Traffic> trafficByTopic() {
        return broker.trafficByTopic();
    }

    @Override
    public boolean kick(String clientId) {
        return broker.kick(clientId);
    }

    @Override
    public BrokerStatus status() {
        return new BrokerStatus(
                "Dinrail",
                transport.describe(),
                broker.connected(),
                broker.received(),
                broker.published(),
                losses.counts());
    }

    /** Nobody comes in, then all are sent away, then the rest. */
    @Override
    public void close() {
        closing.close();
    }
}
