package io.dinrail.broker.moquette.internal;

import io.dinrail.broker.front.TopicNames;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttProperties.MqttProperty;
import io.netty.handler.codec.mqtt.MqttProperties.MqttPropertyType;
import io.netty.handler.codec.mqtt.MqttProperties.StringProperty;
import io.netty.handler.codec.mqtt.MqttProperties.UserProperties;

/**
 * What a client may enclose with a message for those who hear it (MQTT 5.0, sections 3.1.3.2 and 3.3.2.3). The engine hands on whatever it gets, and who
 * hears what must not be there has to disconnect: so one client could throw out all others.
 */
final class Enclosed {
    private static final int USER_PROPERTY = MqttPropertyType.USER_PROPERTY.value();

    private Enclosed() {}

    /** @throws Malformed if it is not for a PUBLISH. */
    static void check(MqttProperties properties) throws Malformed {
        for (MqttProperty<?> property : properties.listAll()) {
            if (!isFine(property)) {
                throw new Malformed(Malformed.PROTOCOL, "a message with property " + property.propertyId());
            }
        }
    }

    /** @throws Malformed if it is not for a will. */
    static void checkWill(MqttProperties properties) throws Malformed {
        check(Will.published(properties));
    }

    private static boolean isFine(MqttProperty<?> property) {
        if (property.propertyId() == USER_PROPERTY) {
            return property instanceof UserProperties all
                    && all.value().stream().allMatch(pair -> isText(pair.key) && isText(pair.value));
        }
        return switch (MqttPropertyType.valueOf(property.propertyId())) {
            case PAYLOAD_FORMAT_INDICATOR ->
                property instanceof IntegerProperty number && (number.value() == 0 || number.value() == 1);
            case RESPONSE_TOPIC -> property instanceof StringProperty topic && TopicNames.isTopic(topic.value());
            case CONTENT_TYPE -> property instanceof StringProperty text && isText(text.value());
            case PUBLICATION_EXPIRY_INTERVAL, CORRELATION_DATA -> true;
            default -> false;
        };
    }

    /** Clients are free to disconnect over control characters, and some do; line breaks are too common for that. */
    private static boolean isText(String text) {
        return text.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t');
    }
}
