package io.dinrail.broker.moquette.internal;

import io.dinrail.messaging.api.Message;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttProperties.MqttProperty;
import io.netty.handler.codec.mqtt.MqttProperties.MqttPropertyType;
import java.util.Optional;

/**
 * A client's last will.
 *
 * @param message what is published for it.
 * @param delayed whether the engine publishes it later (MQTT 5.0, section 3.1.3.2.2).
 */
record Will(Message message, boolean delayed) {
    /** @return the will of a CONNECT whose will topic was checked. */
    static Optional<Will> of(MqttConnectMessage connect) {
        var header = connect.variableHeader();
        if (!header.isWillFlag()) {
            return Optional.empty();
        }
        var payload = connect.payload();
        byte[] content = payload.willMessageInBytes();
        MqttProperty<?> delay = payload.willProperties().getProperty(MqttPropertyType.WILL_DELAY_INTERVAL.value());
        return Optional.of(new Will(
                new Message(payload.willTopic(), content, header.willQos(), header.isWillRetain()),
                delay != null && !Integer.valueOf(0).equals(delay.value())));
    }
}
