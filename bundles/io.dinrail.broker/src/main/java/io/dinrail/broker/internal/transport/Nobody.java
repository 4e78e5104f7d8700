package io.dinrail.broker.internal.transport;

import io.dinrail.broker.internal.link.LinkHandler;
import io.dinrail.broker.internal.protocol.MalformedPacket;
import io.dinrail.broker.internal.protocol.MqttVersion;
import io.dinrail.broker.internal.protocol.Packet;
import java.util.Optional;

/** Stands in for the handler of a connection that nobody took. */
enum Nobody implements LinkHandler {
    HERE;

    @Override
    public void received(Packet packet) {
        packet.release();
    }

    @Override
    public void malformed(MalformedPacket why, Optional<MqttVersion> version) {}

    @Override
    public void turnEnded() {}

    @Override
    public void writable() {}

    @Override
    public void closed() {}
}
