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

    /** @return a rule set. */
    @AttributeDefinition(
            description =
                    "Rule set of clients without user name and password, on the plaintext listener from this machine"
                            + " only, for laboratories; empty, the default, lets none in.")
    String anonymous_rule_set() default "";

    /** @return a minute. */
    @AttributeDefinition(
            description = "Connections a minute that one address may open, those over it closed; 0 is no limit.")
    int limit_connects_per_address() default 60;

    /** @return addresses. */
    @AttributeDefinition(description = "Addresses and networks that may open any number, such as 10.1.0.0/16.")
    String limit_connects_allow() default "127.0.0.0/8,::1";

    /** @return a second. */
    @AttributeDefinition(
            description = "Messages a second that a connection may publish, unless its rule set says otherwise;"
                    + " whoever is faster is read from more slowly. 0 is no limit.")
    int limit_publish_rate() default 100;

    /** @return messages. */
    @AttributeDefinition(description = "Messages that it may publish at once; 0 is no limit.")
    int limit_publish_burst() default 200;

    /** @return messages. */
    @AttributeDefinition(
            description = "Messages sent to an MQTT 5 client and not acknowledged yet, 1 to 65535; 0 leaves it to the"
                    + " client.")
    int limit_inflight() default 100;

    /** @return a period. */
    @AttributeDefinition(description = "How long the session of an absent client is kept at most, such as 12h or 30d.")
    String session_expiry_max() default "30d";
}
