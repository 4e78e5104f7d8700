package io.dinrail.broker.internal.transport;

import io.dinrail.broker.internal.link.Link;
import io.dinrail.broker.internal.link.LinkHandler;
import io.dinrail.broker.internal.protocol.MalformedPacket;
import io.dinrail.broker.internal.protocol.MqttVersion;
import io.dinrail.broker.internal.protocol.Packet;
import io.dinrail.broker.internal.protocol.Publish;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** Writes down what a connection is told, and lets go of it. */
final class Heard implements LinkHandler {
    private final Link link;
    private final BiConsumer<Link, String> answer;
    private final List<String> told = new CopyOnWriteArrayList<>();

    /** @param answer is called on the loop with each thing that is told. */
    Heard(Link link, BiConsumer<Link, String> answer) {
        this.link = link;
        this.answer = answer;
    }

    Link link() {
        return link;
    }

    List<String> told() {
        return told;
    }

    long count(String what) {
        return told.stream().filter(what::equals).count();
    }

    @Override
    public void received(Packet packet) {
        String text = packet.type().toString();
        if (packet instanceof Publish publish) {
            text += " " + publish.payload().readableBytes();
        }
        packet.release();
        hear(text);
    }

    @Override
    public void malformed(MalformedPacket why, Optional<MqttVersion> version) {
        hear("malformed " + why.reason() + version.map(spoken -> " " + spoken).orElse(""));
    }

    @Override
    public void turnEnded() {
        hear("turn");
    }

    @Override
    public void writable() {
        hear("writable");
    }

    @Override
    public void closed() {
        hear("closed");
    }

    private void hear(String what) {
        told.add(what);
        answer.accept(link, what);
    }
}
