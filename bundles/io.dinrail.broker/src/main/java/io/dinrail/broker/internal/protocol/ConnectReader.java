package io.dinrail.broker.internal.protocol;

import static io.dinrail.broker.internal.protocol.MalformedPacket.because;
import static io.dinrail.broker.internal.protocol.MalformedPacket.malformed;
import static io.dinrail.broker.internal.protocol.MalformedPacket.protocolError;

import java.util.Optional;
import java.util.function.Consumer;

/** Reads CONNECT, whose shape depends on its own flags. */
final class ConnectReader {
    private static final int RESERVED = 1;
    private static final int CLEAN = 2;
    private static final int WILL = 4;
    private static final int WILL_RETAIN = 32;
    private static final int PASSWORD = 64;
    private static final int USER_NAME = 128;

    private final Body in;
    private final MqttVersion version;
    private final int flags;

    private ConnectReader(Body in, MqttVersion version, int flags) {
        this.in = in;
        this.version = version;
        this.flags = flags;
    }

    static Connect read(Body in, Consumer<MqttVersion> known) throws MalformedPacket {
        MqttVersion version = MqttVersion.of(in.text(), in.u8())
                .orElseThrow(() -> because(
                        ReasonCode.UNSUPPORTED_PROTOCOL_VERSION,
                        "CONNECT has an unknown protocol name or level [MQTT-3.1.2-1, MQTT-3.1.2-2]"));
        known.accept(version);
        ConnectReader reader = new ConnectReader(in, version, in.u8());
        reader.checkFlags();
        Connect connect = reader.connect();
        in.checkFinished();
        return connect;
    }

    private void checkFlags() throws MalformedPacket {
        if (has(RESERVED) && version != MqttVersion.V3_1) {
            throw malformed("CONNECT has its reserved flag set [MQTT-3.1.2-3]");
        }
        if (willQos() == 3) {
            throw malformed("CONNECT has the will QoS 3 [MQTT-3.1.2-12; 3.1.1: MQTT-3.1.2-14]");
        }
        if (!has(WILL) && (willQos() != 0 || has(WILL_RETAIN))) {
            throw malformed("CONNECT has a will QoS or will retain but no will [MQTT-3.1.2-11, MQTT-3.1.2-13; "
                    + "3.1.1: MQTT-3.1.2-11, MQTT-3.1.2-13, MQTT-3.1.2-15]");
        }
        if (has(PASSWORD) && !has(USER_NAME) && version != MqttVersion.V5) {
            throw malformed("CONNECT has a password but no user name [3.1.1: MQTT-3.1.2-22]");
        }
    }

    private Connect connect() throws MalformedPacket {
        int keepAlive = in.u16();
        Properties properties = version.hasProperties() ? PropertyReader.copied(in, Place.CONNECT) : Properties.NONE;
        if (properties.has(Property.AUTHENTICATION_DATA) && !properties.has(Property.AUTHENTICATION_METHOD)) {
            throw protocolError("CONNECT has authentication data but no method (3.1.2.11.10)");
        }
        String clientId = clientId();
        Optional<Will> will = has(WILL) ? Optional.of(will()) : Optional.empty();
        Optional<String> userName = isThere(USER_NAME) ? Optional.of(in.text()) : Optional.empty();
        Optional<byte[]> password = isThere(PASSWORD) ? Optional.of(in.binary()) : Optional.empty();
        return new Connect(version, clientId, has(CLEAN), keepAlive, will, userName, password, properties);
    }

    private String clientId() throws MalformedPacket {
        String clientId = in.text();
        boolean needed = version == MqttVersion.V3_1 || version == MqttVersion.V3_1_1 && !has(CLEAN);
        if (clientId.isEmpty() && needed) {
            throw because(
                    ReasonCode.CLIENT_IDENTIFIER_NOT_VALID,
                    "CONNECT has an empty client identifier [3.1.1: MQTT-3.1.3-7, MQTT-3.1.3-8]");
        }
        return clientId;
    }

    private Will will() throws MalformedPacket {
        Properties properties = version.hasProperties() ? PropertyReader.copied(in, Place.WILL) : Properties.NONE;
        TopicName topic = in.topicName();
        if (topic.isEmpty()) {
            throw malformed("the will topic is empty [MQTT-4.7.3-1]");
        }
        return new Will(topic, in.binary(), Qos.of(willQos()), has(WILL_RETAIN), properties);
    }

    /** In 3.1 a packet may end where the user name or the password should stand. */
    private boolean isThere(int flag) {
        return has(flag) && (version != MqttVersion.V3_1 || in.left() > 0);
    }

    private int willQos() {
        return flags >> 3 & 3;
    }

    private boolean has(int flag) {
        return (flags & flag) != 0;
    }
}
