package io.dinrail.broker.internal.protocol;

import java.util.Optional;

/** The versions of the protocol that are spoken. */
public enum MqttVersion {
    V3_1("MQIsdp", 3),
    V3_1_1("MQTT", 4),
    V5("MQTT", 5);

    private final String protocolName;
    private final int level;

    MqttVersion(String protocolName, int level) {
        this.protocolName = protocolName;
        this.level = level;
    }

    /**
     * Finds the version that a CONNECT names.
     *
     * @param name the protocol name.
     * @param level the protocol level.
     * @return the version, or empty if none has this name and level.
     */
    static Optional<MqttVersion> of(String name, int level) {
        for (MqttVersion version : values()) {
            if (version.level == level && version.protocolName.equals(name)) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }

    /**
     * Names the protocol as CONNECT does.
     *
     * @return the protocol name.
     */
    public String protocolName() {
        return protocolName;
    }

    /**
     * Numbers the version as CONNECT does.
     *
     * @return the protocol level: 3, 4 or 5.
     */
    public int level() {
        return level;
    }

    /**
     * Says whether packets have properties and reason codes.
     *
     * @return true for 5.0.
     */
    public boolean hasProperties() {
        return this == V5;
    }
}
