package io.dinrail.broker.moquette.internal;

import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Principal;
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
import java.util.HexFormat;
import java.util.Optional;

/**
 * One CONNECT that was let through.
 *
 * @param client who it is.
 * @param packet the CONNECT for the engine, with what the engine gets wrong put right.
 * @param will what to publish when it is lost.
 * @param assigned whether the client id is ours.
 * @param keepAlive in seconds; ours if the client named none.
 * @param expiry how many seconds its session stays when it is gone.
 * @param largestPacket in bytes.
 */
record Login(
        Client client,
        MqttConnectMessage packet,
        Optional<Will> will,
        boolean assigned,
        int keepAlive,
        long expiry,
        int largestPacket) {
    /** How long a session is kept at most, in seconds: 30 days. */
    static final int LONGEST_SESSION = 30 * 24 * 3_600;

    private static final int OUR_KEEP_ALIVE = 600;
    private static final int LONGEST_CLIENT_ID = 256;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** @throws Refused with the answer, if it is not let through. */
    static Login of(MqttConnectMessage connect, Channel channel, Hall hall) throws Refused {
        var header = connect.variableHeader();
        checkVersion(header);
        Principal principal = authenticate(connect, hall);
        String asked = connect.payload().clientIdentifier();
        boolean assigned = asked == null || asked.isEmpty();
        String clientId = assigned ? assign(header, principal) : checked(asked, principal, hall);
        checkWill(connect, principal, hall);
        Client client = new Client(
                clientId, principal, channel, header.version(), hall.clock().instant());
        int keepAlive = header.keepAliveTimeSeconds() == 0 ? OUR_KEEP_ALIVE : header.keepAliveTimeSeconds();
        long expiry = expiry(header);
        return new Login(
                client,
                rewritten(connect, clientId, keepAlive, expiry),
                Will.of(connect),
                assigned,
                keepAlive,
                expiry,
                hall.largestPacket());
    }

    /** @return whether the session outlives the connection. */
    boolean isKept() {
        return expiry > 0;
    }

    /** Tells an MQTT 5 client what it got in place of what it asked for. */
    MqttConnAckMessage amended(MqttConnAckMessage answer) {
        if (!client.isVersion5()) {
            return answer;
        }
        MqttProperties told = new MqttProperties();
        answer.variableHeader().properties().listAll().forEach(told::add);
        told.add(new IntegerProperty(MqttPropertyType.SESSION_EXPIRY_INTERVAL.value(), (int) expiry));
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

    private static void checkVersion(MqttConnectVariableHeader header) throws Refused {
        if (header.version() != MqttVersion.MQTT_3_1_1.protocolLevel()
                && header.version() != MqttVersion.MQTT_5.protocolLevel()) {
            throw Refused.version();
        }
        if (header.properties().getProperty(MqttPropertyType.AUTHENTICATION_METHOD.value()) != null) {
            throw Refused.method();
        }
    }

    private static Principal authenticate(MqttConnectMessage connect, Hall hall) throws Refused {
        String username = connect.payload().userName();
        byte[] password = connect.payload().passwordInBytes();
        if (username == null || username.isEmpty() || password == null || !TopicNames.isClean(username)) {
            throw Refused.login();
        }
        try {
            return hall.identity().authenticate(username, password).orElseThrow(Refused::login);
        } catch (RuntimeException e) {
            throw (Refused) Refused.unavailable().initCause(e);
        }
    }

    private static String assign(MqttConnectVariableHeader header, Principal principal) throws Refused {
        if (header.version() != MqttVersion.MQTT_5.protocolLevel() && !header.isCleanSession()) {
            throw Refused.clientId("an empty client id needs a clean session");
        }
        byte[] random = new byte[8];
        RANDOM.nextBytes(random);
        return principal.name() + '-' + HexFormat.of().formatHex(random);
    }

    private static String checked(String clientId, Principal principal, Hall hall) throws Refused {
        if (clientId.length() > LONGEST_CLIENT_ID || !TopicNames.isClean(clientId)) {
            throw Refused.clientId("a client id has 1 to 256 characters, none of them a control character");
        }
        if (!principal.mayUseClientId(clientId)) {
            throw Refused.clientId("client id '" + clientId + "' is refused: it may use " + principal.clientIds());
        }
        Optional<String> owner = hall.core().owner(clientId);
        if (owner.filter(name -> !name.equals(principal.name())).isPresent()) {
            throw Refused.clientId("client id '" + clientId + "' is refused: its session belongs to another login");
        }
        return clientId;
    }

    private static void checkWill(MqttConnectMessage connect, Principal principal, Hall hall) throws Refused {
        if (connect.variableHeader().isWillFlag()) {
            String topic = connect.payload().willTopic();
            boolean fine = TopicNames.isTopic(topic)
                    && !TopicNames.isReserved(topic)
                    && hall.allows(principal, Action.PUBLISH, topic);
            if (!fine) {
                throw Refused.will(topic);
            }
        }
    }

    private static long expiry(MqttConnectVariableHeader header) {
        if (header.version() != MqttVersion.MQTT_5.protocolLevel()) {
            return header.isCleanSession() ? 0 : LONGEST_SESSION;
        }
        MqttProperty<?> asked = header.properties().getProperty(MqttPropertyType.SESSION_EXPIRY_INTERVAL.value());
        return asked instanceof IntegerProperty seconds
                ? Math.min(Integer.toUnsignedLong(seconds.value()), LONGEST_SESSION)
                : 0;
    }

    /** The engine takes an endless session for one that ended before it began, and grants topics of its own to those who ask for response information. */
    private static MqttConnectMessage rewritten(
            MqttConnectMessage connect, String clientId, int keepAlive, long expiry) {
        var header = connect.variableHeader();
        var payload = connect.payload();
        MqttProperties properties = new MqttProperties();
        header.properties().listAll().stream()
                .filter(property -> property.propertyId() != MqttPropertyType.REQUEST_RESPONSE_INFORMATION.value())
                .forEach(properties::add);
        if (header.version() == MqttVersion.MQTT_5.protocolLevel()) {
            properties.add(new IntegerProperty(MqttPropertyType.SESSION_EXPIRY_INTERVAL.value(), (int) expiry));
        }
        return new MqttConnectMessage(
                connect.fixedHeader(),
                new MqttConnectVariableHeader(
                        header.name(),
                        header.version(),
                        header.hasUserName(),
                        header.hasPassword(),
                        header.isWillRetain(),
                        header.willQos(),
                        header.isWillFlag(),
                        header.isCleanSession(),
                        keepAlive,
                        properties),
                new MqttConnectPayload(
                        clientId,
                        payload.willProperties(),
                        payload.willTopic(),
                        payload.willMessageInBytes(),
                        payload.userName(),
                        payload.passwordInBytes()));
    }
}
