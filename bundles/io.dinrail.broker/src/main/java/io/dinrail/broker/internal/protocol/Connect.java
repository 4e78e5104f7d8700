package io.dinrail.broker.internal.protocol;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * The first packet of a client.
 *
 * @param version the version that both sides speak from here.
 * @param clientId the client identifier; may be empty.
 * @param cleanStart whether a former session is discarded; clean session in 3.x.
 * @param keepAlive in seconds, 0 to 65,535; 0 is no limit.
 * @param will the message to publish should the connection fail.
 * @param userName the user name.
 * @param password the password, or a token; not shown by {@link #toString()}.
 * @param properties the properties.
 */
public record Connect(
        MqttVersion version,
        String clientId,
        boolean cleanStart,
        int keepAlive,
        Optional<Will> will,
        Optional<String> userName,
        Optional<byte[]> password,
        Properties properties)
        implements Packet {
    @Override
    public PacketType type() {
        return PacketType.CONNECT;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Connect connect
                && version == connect.version
                && clientId.equals(connect.clientId)
                && cleanStart == connect.cleanStart
                && keepAlive == connect.keepAlive
                && will.equals(connect.will)
                && userName.equals(connect.userName)
                && Arrays.equals(password.orElse(null), connect.password.orElse(null))
                && properties.equals(connect.properties);
    }

    @Override
    public int hashCode() {
        return Objects.hash(version, clientId, cleanStart, keepAlive, will, userName, properties);
    }

    @Override
    public String toString() {
        return "CONNECT of " + version;
    }
}
