package io.dinrail.broker.moquette.internal;

import io.dinrail.messaging.api.Message;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttProperties.MqttPropertyType;
import java.util.Optional;

/**
 * A client's last will.
 *
 * @param message what is published for it.
 * @param properties of MQTT 5, for those who hear it.
 * @param delay how many seconds it waits for the client to come back (MQTT 5.0, section 3.1.3.2.2).
 */
record Will(Message message, MqttProperties properties, long delay) {
    private static final int DELAY = MqttPropertyType.WILL_DELAY_INTERVAL.value();

    /** @return the will of a CONNECT, whose topic was checked. */
    static Optional<Will> of(MqttConnectMessage connect, long sessionExpiry) {
        var header = connect.variableHeader();
        if (!header.isWillFlag()) {
            return Optional.empty();
        }
        var payload = connect.payload();
        long delay = payload.willProperties().getProperty(DELAY) instanceof IntegerProperty seconds
                ? Integer.toUnsignedLong(seconds.value())
                : 0;
        return Optional.of(new Will(
                new Message(payload.willTopic(), payload.willMessageInBytes(), header.willQos(), header.isWillRetain()),
                published(payload.willProperties()),
                Math.min(delay, sessionExpiry)));
    }

    /** @return what is for those who hear it. */
    static MqttProperties published(MqttProperties all) {
        MqttProperties properties = new MqttProperties();
        all.listAll().stream()
                .filter(property -> property.propertyId() != DELAY)
                .forEach(properties::add);
        return properties;
    }
}
