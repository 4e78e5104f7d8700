package io.dinrail.broker.internal.link;

import io.dinrail.broker.internal.protocol.MalformedPacket;
import io.dinrail.broker.internal.protocol.MqttVersion;
import io.dinrail.broker.internal.protocol.Packet;
import java.util.Optional;

/** What is done with one connection; called on its loop only, never after {@link #closed}. */
public interface LinkHandler {
    /**
     * Takes a packet.
     *
     * @param packet as it came; a PUBLISH is released by the handler, once.
     */
    void received(Packet packet);

    /**
     * Hears that what came is no packet; nothing more is read, and the handler closes the link when it has answered.
     *
     * @param why with the reason code for the answer.
     * @param version what the client speaks, empty if it never said so or says one that nobody speaks.
     */
    void malformed(MalformedPacket why, Optional<MqttVersion> version);

    /** Hears that all packets that were there have been given: the time to flush and to store. */
    void turnEnded();

    /** Hears that the link has become writable again. */
    void writable();

    /** Hears, once and last, that the connection is gone, whoever ended it. */
    void closed();
}
