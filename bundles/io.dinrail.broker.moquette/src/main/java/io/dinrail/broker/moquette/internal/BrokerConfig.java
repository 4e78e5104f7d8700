package io.dinrail.broker.moquette.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The file {@code etc/io.dinrail.broker.cfg}. */
@ObjectClassDefinition(name = "Broker", description = "The MQTT broker, whichever engine is installed.")
@interface BrokerConfig {
    /** @return port. */
    @AttributeDefinition(description = "TCP port of MQTT without TLS, on DINRAIL_BIND only; 0 switches it off.")
    int mqtt_port() default 1883;

    /** @return port. */
    @AttributeDefinition(description = "TCP port of MQTT over TLS, on all addresses; 0 switches it off.")
    int mqtts_port() default 8883;

    /** @return bytes. */
    @AttributeDefinition(description = "Bytes that a packet may have, 1024 to 268435455.")
    int limit_packet_size() default 262_144;

    /** @return messages. */
    @AttributeDefinition(
            description = "Messages that may wait for an absent client, the oldest dropped first; 0 is no limit.")
    int queue_messages() default 10_000;
}
