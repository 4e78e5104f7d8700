package io.moquette.broker;

import static io.netty.handler.codec.mqtt.MqttQoS.AT_MOST_ONCE;

import io.moquette.broker.config.IConfig;
import io.moquette.broker.config.MemoryConfig;
import io.moquette.broker.security.IAuthenticator;
import io.moquette.broker.security.IAuthorizatorPolicy;
import io.moquette.broker.subscriptions.Subscription;
import io.moquette.broker.subscriptions.Topic;
import io.moquette.interception.BrokerInterceptor;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.AttributeKey;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;

/**
 * Moquette without its {@code Server}: the engine put together as there, but with no socket of its own, a store that survives a crash, and loops that
 * survive an exception. Safe for use by many threads.
 */
public final class MoquetteCore {
    private static final int LOOP_CAPACITY = 65_536;
    private static final int SECONDS_TO_CONNECT = 10;
    private static final long SAME_CREDENTIAL_MS = 2_000; // a store may round the time
    private static final AttributeKey<Object> CONNECTION = AttributeKey.valueOf("connection"); // NewNettyMQTTHandler's

    private final ScheduledExecutorService unused = Executors.newScheduledThreadPool(0);
    private final BrokerInterceptor interceptor = new BrokerInterceptor(List.of());
    private final SessionStore store;
    private final SteadyLoops loops;
    private final Directory subscriptions = new Directory();
    private final SessionRegistry sessions;
    private final PostOffice postOffice;
    private final NewNettyMQTTHandler handler;

    /**
     * Opens the store and starts the loops.
     *
     * @param file where everything is kept.
     * @param longestQueue how many messages may wait for an absent client; 0 for any number.
     * @param longestSession how many seconds an absent client's session is kept.
     * @param logins says who may connect.
     * @param rights says who may do what; asked for subscriptions of a session that is taken up again.
     * @param trouble hears what goes wrong.
     * @throws RuntimeException if the store is damaged or in use; MVStoreException says which.
     */
    public MoquetteCore(
            Path file,
            int longestQueue,
            int longestSession,
            IAuthenticator logins,
            IAuthorizatorPolicy rights,
            Trouble trouble) {
        store = new SessionStore(file, longestQueue, trouble);
        loops = new SteadyLoops(interceptor, LOOP_CAPACITY, trouble);
        try {
            Authorizator authorizator = new Authorizator(rights);
            subscriptions.init(store.subscriptions);
            sessions = new SessionRegistry(
                    subscriptions,
                    store.sessions,
                    store.queues,
                    authorizator,
                    unused,
                    Clock.systemUTC(),
                    longestSession,
                    loops);
            postOffice = new PostOffice(
                    subscriptions, store.retained, sessions, store.sessions, interceptor, authorizator, loops);
            BrokerConfiguration settings = settings();
            handler = new NewNettyMQTTHandler(new MQTTConnectionFactory(settings, logins, sessions, postOffice));
            remember();
        } catch (RuntimeException e) {
            store.close();
            loops.terminate();
            interceptor.stop();
            throw e;
        }
    }

    /** A session from the store knows none of its subscriptions, so that a clean start would leave them standing. */
    private void remember() {
        for (Subscription subscription : store.subscriptions.listAllSubscriptions()) {
            Session session = sessions.retrieve(subscription.getClientId());
            if (session != null) {
                session.addSubscriptions(List.of(subscription));
            }
        }
    }

    private static BrokerConfiguration settings() {
        Properties settings = new Properties();
        settings.setProperty(IConfig.ALLOW_ANONYMOUS_PROPERTY_NAME, "false");
        settings.setProperty(IConfig.BUFFER_FLUSH_MS_PROPERTY_NAME, "0"); // 5 ms cut QoS 1 fan-in to 4 %
        settings.setProperty(IConfig.RECEIVE_MAXIMUM, "1024");
        return new BrokerConfiguration(new MemoryConfig(settings));
    }

    /**
     * Builds a connection's pipeline behind what is in it already, as far as the guard: which engine comes behind that is known after the login.
     *
     * @param pipeline of a new channel.
     * @param largest how many bytes a packet may have.
     * @param guard sees every packet before the engine does, and every answer before the client.
     */
    public static void build(ChannelPipeline pipeline, int largest, ChannelHandler guard) {
        pipeline.addFirst("idleStateHandler", new IdleStateHandler(SECONDS_TO_CONNECT, 0, 0)); // replaced by name later
        pipeline.addLast("decoder", new MqttDecoder(largest));
        pipeline.addLast("encoder", MqttEncoder.INSTANCE);
        pipeline.addLast("guard", guard);
    }

    /**
     * Puts this engine behind the guard.
     *
     * @param guard the guard's place in the pipeline.
     */
    public void attach(ChannelHandlerContext guard) {
        guard.pipeline().addLast("handler", handler);
        guard.fireChannelActive(); // has it make its side of the connection
    }

    /**
     * Tells whether the engine takes packets from a client after its CONNECT; it closes on those that come earlier.
     *
     * @param channel the client's.
     * @return whether it does.
     */
    public boolean connected(Channel channel) {
        return channel.attr(CONNECTION).get() instanceof MQTTConnection connection && connection.isConnected();
    }

    /**
     * Sends again what a client has not acknowledged, on its session's loop; the engine itself would do it on the network's thread and get into the
     * loop's way.
     *
     * @param channel the client's.
     * @param event of the pipeline.
     * @return whether the event asks for that.
     */
    public boolean resend(Channel channel, Object event) {
        if (!(event instanceof InflightResender.ResendNotAckedPublishes)) {
            return false;
        }
        if (channel.attr(CONNECTION).get() instanceof MQTTConnection connection && connection.isConnected()) {
            loops.routeCommand(NettyUtils.clientID(channel), "resend", () -> {
                if (connection.isConnected()) {
                    connection.resendNotAckedPublishes();
                }
                return done();
            });
        }
        return true;
    }

    /** @return whether so much waits that nothing more should be taken from clients. */
    public boolean pressed() {
        return loops.pressed();
    }

    /**
     * Publishes past the access rules.
     *
     * @param topic without wildcards.
     * @param payload the content.
     * @param qos 0, 1 or 2.
     * @param retain whether to keep it.
     * @return how many sessions it was routed to.
     * @throws IllegalStateException if too much waits; nothing was published.
     */
    public int publish(String topic, byte[] payload, int qos, boolean retain) {
        if (loops.pressed()) {
            throw new IllegalStateException("the broker's queue is full");
        }
        MqttPublishMessage message = message(topic, payload, qos, false);
        try {
            int routed = postOffice.internalPublish(message).successedRoutings.size();
            if (retain) {
                retain(topic, payload, qos);
            }
            return routed;
        } finally {
            message.release();
        }
    }

    /**
     * Publishes a last will, however much waits: nobody would send it again.
     *
     * @param topic without wildcards.
     * @param payload the content.
     * @param qos 0, 1 or 2.
     * @param retain whether to keep it.
     * @param properties of MQTT 5, for those who hear it.
     */
    public void publishWill(String topic, byte[] payload, int qos, boolean retain, MqttProperties properties) {
        MqttPublishMessage will = MqttMessageBuilders.publish()
                .topicName(topic)
                .payload(Unpooled.wrappedBuffer(payload))
                .qos(MqttQoS.valueOf(qos))
                .messageId(qos == AT_MOST_ONCE.value() ? 0 : 1)
                .properties(properties)
                .build();
        try {
            postOffice.internalPublish(will);
        } finally {
            will.release();
        }
        if (retain) {
            retain(topic, payload, qos);
        }
    }

    /**
     * Keeps a message for later subscribers. The engine keeps neither one of QoS 0, which clears instead, nor a will.
     *
     * @param topic without wildcards.
     * @param payload the content; an empty one clears.
     * @param qos 0, 1 or 2.
     */
    public void retain(String topic, byte[] payload, int qos) {
        if (payload.length == 0) {
            store.retained.cleanRetained(new Topic(topic));
            return;
        }
        store.retained.retain(new Topic(topic), message(topic, payload, qos, true));
    }

    private static MqttPublishMessage message(String topic, byte[] payload, int qos, boolean retain) {
        return MqttMessageBuilders.publish()
                .topicName(topic)
                .payload(Unpooled.wrappedBuffer(payload))
                .qos(MqttQoS.valueOf(qos))
                .messageId(qos == AT_MOST_ONCE.value() ? 0 : 1) // each session puts its own in
                .retained(retain)
                .build();
    }

    /**
     * Tells whom a session belongs to.
     *
     * @param clientId which.
     * @return the login name; empty if there is no such session.
     */
    public Optional<String> owner(String clientId) {
        return sessions.retrieve(clientId) == null ? Optional.empty() : store.owner(clientId);
    }

    /**
     * Says whose a session is to be; to be called before its CONNECT goes on. What is there of another owner, or of an earlier credential of the same name, ends
     * first.
     *
     * @param clientId which.
     * @param owner the login name.
     * @param issuedAt when the owner's credential was issued, in milliseconds since 1970; 0 if it has none.
     * @param kept whether the session outlives its connection.
     */
    public void own(String clientId, String owner, long issuedAt, boolean kept) {
        loops.routeCommand(clientId, "own", () -> {
            if (isForeign(clientId, owner, issuedAt)) {
                forgetHere(clientId);
            }
            if (kept) {
                store.own(clientId, owner, issuedAt);
            }
            return done();
        });
    }

    private boolean isForeign(String clientId, String owner, long issuedAt) {
        long before = store.issued(clientId);
        boolean earlier = before != 0 && issuedAt != 0 && Math.abs(before - issuedAt) > SAME_CREDENTIAL_MS;
        return earlier
                || store.owner(clientId).filter(other -> !other.equals(owner)).isPresent();
    }

    /**
     * Forgets whom a session belonged to if it ended with its connection; to be called after that.
     *
     * @param clientId which.
     */
    public void left(String clientId) {
        loops.routeCommand(clientId, "left", () -> {
            if (sessions.retrieve(clientId) == null) {
                store.disown(clientId);
            }
            return done();
        });
    }

    /**
     * Sets how long a session stays after its connection; the engine takes only what was said when the session began.
     *
     * @param clientId which.
     * @param seconds more than 0.
     */
    public void keep(String clientId, int seconds) {
        loops.routeCommand(clientId, "keep", () -> {
            Session session = sessions.retrieve(clientId);
            if (session != null && session.getSessionData().expiryInterval() != seconds) {
                ISessionsRepository.SessionData data = new ISessionsRepository.SessionData(
                        clientId, session.getSessionData().protocolVersion(), seconds, Clock.systemUTC());
                session.updateSessionData(data);
                store.sessions.saveSession(data);
            }
            return done();
        });
    }

    /**
     * Asks again about every subscription of a session, shared ones too, and takes those away that are not covered.
     *
     * @param clientId which.
     * @param covered says whether a filter is; asked on the session's loop.
     * @param removed hears, on that loop, that some were taken away.
     */
    public void recheck(String clientId, Predicate<String> covered, Runnable removed) {
        loops.routeCommand(clientId, "recheck", () -> {
            boolean plain = recheckPlain(clientId, covered);
            boolean shared = recheckShared(clientId, covered);
            if (plain || shared) {
                removed.run();
            }
            return done();
        });
    }

    private boolean recheckPlain(String clientId, Predicate<String> covered) {
        Session session = sessions.retrieve(clientId);
        List<Subscription> withdrawn = session == null
                ? List.of()
                : session.getSubscriptions().stream()
                        .filter(one -> !covered.test(one.getTopicFilter().toString()))
                        .toList();
        for (Subscription one : withdrawn) {
            subscriptions.removeSubscription(one.getTopicFilter(), clientId);
            sessions.retrieve(clientId).removeSubscription(one.getTopicFilter());
        }
        return !withdrawn.isEmpty();
    }

    private boolean recheckShared(String clientId, Predicate<String> covered) {
        List<Directory.Shared> withdrawn = subscriptions.sharedOf(clientId).stream()
                .filter(one -> !covered.test(one.filter().toString()))
                .toList();
        withdrawn.forEach(one -> subscriptions.removeSharedSubscription(one.group(), one.filter(), clientId));
        return !withdrawn.isEmpty();
    }

    /**
     * Ends all sessions of a login name that are not connected, with their subscriptions and what waits in them.
     *
     * @param owner the login name.
     */
    public void forget(String owner) {
        store.ownedBy(owner).forEach(clientId -> loops.routeCommand(clientId, "forget", () -> forgetHere(clientId)));
    }

    private Void forgetHere(String clientId) {
        Session session = sessions.retrieve(clientId);
        if (session != null && session.disconnected()) {
            sessions.remove(session);
            store.sessions.delete(session.getSessionData());
            subscriptions.removeSharedSubscriptionsForClient(clientId);
            store.disown(clientId);
        }
        return done();
    }

    /** Stops the loops and closes the store; all channels must be closed before. Takes at most two seconds. */
    public void close() {
        // The engine interrupts its loops first; an interrupt in the middle of a write would break the store.
        for (int round = 0; round < 200 && !loops.idle(); round++) {
            pause();
        }
        // each step ends threads, whatever a full disk lets the one before fail with
        try {
            sessions.close();
        } finally {
            try {
                store.close();
            } finally {
                postOffice.terminate();
                interceptor.stop();
                unused.shutdownNow();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("NullAway") // Void has no other value
    private static Void done() {
        return null;
    }
}
