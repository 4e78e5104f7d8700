package io.dinrail.broker.front;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The file {@code etc/io.dinrail.broker.cfg}. */
@ObjectClassDefinition(name = "Broker", description = "The MQTT broker, whichever engine is installed.")
public @interface BrokerConfig {
    /** @return port. */
    @AttributeDefinition(description = "TCP port of MQTT without TLS, on DINRAIL_BIND only; 0 switches it off.")
    int mqtt_port() default 1883;

    /** @return port. */
    @AttributeDefinition(description = "TCP port of MQTT over TLS, on all addresses; 0 switches it off.")
    int mqtts_port() default 8883;

    /** @return port. */
    @AttributeDefinition(
            description =
                    "TCP port of MQTT over WebSocket without TLS, path /mqtt, on DINRAIL_BIND only; 0, the default, is off.")
    int ws_port() default 0;

    /** @return port. */
    @AttributeDefinition(
            description =
                    "TCP port of MQTT over WebSocket over TLS, path /mqtt, on all addresses; 0, the default, is off.")
    int wss_port() default 0;

    /** @return names. */
    @AttributeDefinition(
            description =
                    "Listeners (mqtt, mqtts, ws, wss) that only proxies connect to, each connection with a header of"
                            + " the PROXY protocol, version 1 or 2, in front.")
    String proxy_protocol() default "";

    /** @return addresses. */
    @AttributeDefinition(description = "Addresses and networks of those proxies; nobody else gets in there.")
    String proxy_protocol_from() default "127.0.0.0/8,::1";

    /** @return a word. */
    @AttributeDefinition(
            description =
                    "fsync: a message is acknowledged when the disk has it; write-behind: when the operating system has"
                            + " it, so that a power cut may take what was acknowledged in the last moments.")
    String durability() default "fsync";

    /** @return choices. */
    @AttributeDefinition(
            description =
                    "Organisations for which it is otherwise, such as org_k7xm4pqr2n5t=write-behind, separated by commas.")
    String durability_organisations() default "";

    /** @return bytes. */
    @AttributeDefinition(
            description =
                    "Bytes that the store of messages may have on the disk, 134217728 or more, those who publish beyond it"
                            + " refused; 0 is no limit.")
    long store_bytes() default 8_589_934_592L;

    /** @return messages. */
    @AttributeDefinition(description = "Retained messages of one organisation; 0 is no limit.")
    int retained_messages() default 100_000;

    /** @return bytes. */
    @AttributeDefinition(
            description = "Bytes of them, which are held in memory as well as in the store; 0 is no limit.")
    long retained_bytes() default 33_554_432;

    /** @return bytes. */
    @AttributeDefinition(description = "Bytes that a packet may have, 1024 to 268435455.")
    int limit_packet_size() default 262_144;

    /** @return messages. */
    @AttributeDefinition(
            description = "Messages that may wait for an absent client, those over it dropped; 0 is no limit.")
    int queue_messages() default 10_000;

    /** @return bytes. */
    @AttributeDefinition(description = "Bytes of messages that may wait for an absent client; 0 is no limit.")
    long queue_bytes() default 16_777_216;

    /** @return a word. */
    @AttributeDefinition(description = "What goes when one of the two is reached: drop-oldest or drop-newest.")
    String queue_full() default "drop-oldest";

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

    /** @return connections. */
    @AttributeDefinition(description = "Connections that may be open at once; 0 is no limit.")
    int limit_connections() default 20_000;

    /** @return connections. */
    @AttributeDefinition(description = "Connections that one address may have open at once; 0 is no limit.")
    int limit_connections_per_address() default 1_000;

    /** @return bytes. */
    @AttributeDefinition(
            description =
                    "Bytes that may wait for one client to read before no more is written to it, 16384 to 268435456.")
    int limit_pending_bytes() default 1_048_576;

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

    /** @return a second. */
    @AttributeDefinition(
            description = "Messages a second, or KB if that is more, that a connection may publish while others publish"
                    + " less than a tenth of it, whatever its rule set says; whoever is faster is read from more slowly."
                    + " 0 is no limit.")
    int limit_publish_fair() default 5_000;

    /** @return messages. */
    @AttributeDefinition(
            description = "Messages sent to an MQTT 5 client and not acknowledged yet, 1 to 65535; 0 leaves it to the"
                    + " client.")
    int limit_inflight() default 100;

    /** @return subscriptions. */
    @AttributeDefinition(description = "Subscriptions of one session; 0 is no limit.")
    int limit_subscriptions() default 500;

    /** @return aliases. */
    @AttributeDefinition(
            description = "Topic aliases that an MQTT 5 client may use in what it publishes, 0 to 1000; 0 offers none.")
    int topic_aliases() default 32;

    /** @return a period. */
    @AttributeDefinition(
            description = "How long a client may take to return after a restart of the broker before its will is"
                    + " published, such as 60s, at most 1d; 0 is not at all.")
    String will_grace() default "60s";

    /** @return a period. */
    @AttributeDefinition(description = "How long the session of an absent client is kept at most, such as 12h or 30d.")
    String session_expiry_max() default "30d";
}
