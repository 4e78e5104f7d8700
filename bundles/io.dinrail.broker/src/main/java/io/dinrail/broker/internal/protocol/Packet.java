package io.dinrail.broker.internal.protocol;

/** One packet, of any version: what a version doesn't know is empty, false or {@link ReasonCode#SUCCESS}. */
public sealed interface Packet
        permits Connect,
                Connack,
                Publish,
                Acknowledgement,
                Subscribe,
                Suback,
                Unsubscribe,
                Unsuback,
                Ping,
                Disconnect,
                Auth {
    /**
     * Says what kind of packet it is.
     *
     * @return the type.
     */
    PacketType type();

    /**
     * Gives the properties.
     *
     * @return the properties, {@link Properties#NONE} in 3.x.
     */
    Properties properties();

    /** Lets go of counted memory; only a PUBLISH has any. */
    default void release() {}
}
