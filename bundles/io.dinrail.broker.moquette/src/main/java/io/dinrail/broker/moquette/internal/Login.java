package io.dinrail.broker.moquette.internal;

import io.dinrail.broker.front.ReservedTopics;
import io.dinrail.broker.front.TopicNames;
import io.dinrail.identity.api.Access;
import io.dinrail.identity.api.Action;
import io.moquette.broker.MoquetteCore;
import io.netty.channel.Channel;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnAckVariableHeader;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectPayload;
import io.netty.handler.codec.mqtt.MqttConnectVariableHeader;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttProperties.MqttProperty;
import io.netty.handler.codec.mqtt.MqttProperties.MqttPropertyType;
import io.netty.handler.codec.mqtt.MqttProperties.StringProperty;
import io.netty.handler.codec.mqtt.MqttVersion;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * One CONNECT that was let through.
 *
 * @param client who it is.
 * @param core its organisation's engine.
 * @param packet the CONNECT for the engine, without secret and will, and with what the engine gets wrong put right.
 * @param will what to publish when it is lost.
 * @param assigned whether the client id is ours.
 * @param keepAlive in seconds; ours if the client named none.
 * @param expiry how many seconds its session stays when it is gone.
 * @param largestPacket in bytes.
 */
record Login(
        Client client,
        MoquetteCore core,
        MqttConnectMessage packet,
        Optional<Will> will,
        boolean assigned,
        int keepAlive,
        int expiry,
        int largestPacket) {
    private static final int OUR_KEEP_ALIVE = 600;
    private static final int LONGEST_CLIENT_ID = 256;
    private static final int MOST_INFLIGHT = 65_535;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** @throws Refused with the answer, if it is not let through. */
    static Login of(MqttConnectMessage connect, Access access, Channel channel, MoquetteCore core, Hall hall)
            throws Refused {
        var header = connect.variableHeader();
        String asked = connect.payload().clientIdentifier();
        boolean assigned = asked == null || asked.isEmpty();
        String clientId = assigned ? assign(header, access) : checked(asked);
        Client client = new Client(
                clientId, access, channel, header.version(), hall.clock().instant());
        checkHolder(client, core);
        checkWill(connect, client, hall);
        int keepAlive = header.keepAliveTimeSeconds() == 0 ? OUR_KEEP_ALIVE : header.keepAliveTimeSeconds();
        int expiry = expiry(header, access, hall);
        return new Login(
                client,
                core,
                rewritten(
                        connect,
                        client,
                        keepAlive,
                        expiry,
                        hall.settings().bounds().inflight()),
                Will.of(connect, expiry),
                assigned,
                keepAlive,
                expiry,
                hall.settings().bounds().largestPacket());
    }

    /** @return whether the session outlives the connection. */
    boolean isKept() {
        return expiry > 0;
    }

    /** @return whether it begins a new session, even where there is an old one. */
    boolean isClean() {
        return packet.variableHeader().isCleanSession();
    }

    /** @return how many seconds the session may stay from now on: never longer than whose it is. */
    int keptFrom(Instant now) {
        return lasting(expiry, client.access(), now);
    }

    /** Tells an MQTT 5 client what it got in place of what it asked for. */
    MqttConnAckMessage amended(MqttConnAckMessage answer) {
        if (!client.isVersion5()) {
            return answer;
        }
        MqttProperties told = new MqttProperties();
        answer.variableHeader().properties().listAll().forEach(told::add);
        told.add(new IntegerProperty(MqttPropertyType.SESSION_EXPIRY_INTERVAL.value(), expiry));
        told.add(new IntegerProperty(MqttPropertyType.SERVER_KEEP_ALIVE.value(), keepAlive));
        told.add(new IntegerProperty(MqttPropertyType.MAXIMUM_PACKET_SIZE.value(), largestPacket));
        if (assigned) {
            told.add(new StringProperty(MqttPropertyType.ASSIGNED_CLIENT_IDENTIFIER.value(), client.id()));
        }
        var header = answer.variableHeader();
        return new MqttConnAckMessage(
                answer.fixedHeader(),
                new MqttConnAckVariableHeader(header.connectReturnCode(), header.isSessionPresent(), told));
    }

    /** @throws Refused if it can't even be looked at. */
    static void checkVersion(MqttConnectVariableHeader header) throws Refused {
        if (header.version() != MqttVersion.MQTT_3_1_1.protocolLevel()
                && header.version() != MqttVersion.MQTT_5.protocolLevel()) {
            throw Refused.version();
        }
        if (header.properties().getProperty(MqttPropertyType.AUTHENTICATION_METHOD.value()) != null) {
            throw Refused.method();
        }
    }

    private static String assign(MqttConnectVariableHeader header, Access access) throws Refused {
        if (header.version() != MqttVersion.MQTT_5.protocolLevel() && !header.isCleanSession()) {
            throw Refused.clientId("an empty client id needs a clean session");
        }
        byte[] random = new byte[8];
        RANDOM.nextBytes(random);
        return access.principal().name() + '-' + HexFormat.of().formatHex(random);
    }

    private static String checked(String clientId) throws Refused {
        if (clientId.length() > LONGEST_CLIENT_ID || !TopicNames.isClean(clientId)) {
            throw Refused.clientId("a client id has 1 to 256 characters, none of them a control character");
        }
        return clientId;
    }

    private static void checkHolder(Client client, MoquetteCore core) throws Refused {
        if (!client.access().bind(client.id())) {
            throw Refused.clientId("client id '" + client.id() + "' is refused: "
                    + client.principal().login() + " may not use it");
        }
        if (core.owner(client.id())
                .filter(owner -> !owner.equals(client.owner()))
                .isPresent()) {
            throw Refused.clientId("client id '" + client.id() + "' is refused: its session belongs to another login");
        }
    }

    private static void checkWill(MqttConnectMessage connect, Client client, Hall hall) throws Refused {
        if (!connect.variableHeader().isWillFlag()) {
            return;
        }
        String topic = connect.payload().willTopic();
        boolean possible = TopicNames.isTopic(topic) && !ReservedTopics.isReserved(topic);
        if (!possible || !hall.allows(client, Action.PUBLISH, topic)) {
            client.access().denied(Action.PUBLISH, topic);
            throw Refused.will(topic);
        }
    }

    private static int expiry(MqttConnectVariableHeader header, Access access, Hall hall) {
        int longest = lasting(
                hall.settings().keeping().longestSession(), access, hall.clock().instant());
        if (header.version() != MqttVersion.MQTT_5.protocolLevel()) {
            return header.isCleanSession() ? 0 : longest;
        }
        MqttProperty<?> asked = header.properties().getProperty(MqttPropertyType.SESSION_EXPIRY_INTERVAL.value());
        return asked instanceof IntegerProperty seconds
                ? (int) Math.min(Integer.toUnsignedLong(seconds.value()), longest)
                : 0;
    }

    private static int lasting(int seconds, Access access, Instant now) {
        return access.until()
                .map(until -> (int) Math.max(
                        1, Math.min(seconds, Duration.between(now, until).toSeconds())))
                .filter(left -> seconds > 0)
                .orElse(seconds);
    }

    /** The engine takes an endless session for one that ended before it began, and grants topics of its own to those who ask for response information. */
    private static MqttConnectMessage rewritten(
            MqttConnectMessage connect, Client client, int keepAlive, int expiry, int inflight) {
        var header = connect.variableHeader();
        return new MqttConnectMessage(
                connect.fixedHeader(),
                new MqttConnectVariableHeader(
                        header.name(),
                        header.version(),
                        true,
                        false,
                        false,
                        0,
                        false,
                        header.isCleanSession(),
                        keepAlive,
                        client.isVersion5() ? properties(header, expiry, inflight) : MqttProperties.NO_PROPERTIES),
                new MqttConnectPayload(
                        client.id(), MqttProperties.NO_PROPERTIES, null, (byte[]) null, client.owner(), (byte[]) null));
    }

    private static MqttProperties properties(MqttConnectVariableHeader header, int expiry, int inflight) {
        MqttProperties properties = new MqttProperties();
        properties.add(new IntegerProperty(MqttPropertyType.SESSION_EXPIRY_INTERVAL.value(), expiry));
        MqttProperty<?> asked = header.properties().getProperty(MqttPropertyType.RECEIVE_MAXIMUM.value());
        int most = asked instanceof IntegerProperty number ? number.value() : MOST_INFLIGHT;
        int allowed = inflight == 0 ? most : Math.min(most, inflight);
        properties.add(new IntegerProperty(MqttPropertyType.RECEIVE_MAXIMUM.value(), allowed));
        return properties;
    }
}
