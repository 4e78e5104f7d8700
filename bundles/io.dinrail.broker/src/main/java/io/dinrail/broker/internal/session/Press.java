package io.dinrail.broker.internal.session;

import io.dinrail.broker.internal.link.Link;
import io.dinrail.broker.internal.protocol.Encoder;
import io.dinrail.broker.internal.protocol.MqttVersion;
import io.dinrail.broker.internal.protocol.Onward;
import io.dinrail.broker.internal.protocol.OutgoingForm;
import io.dinrail.broker.internal.protocol.Packet;
import io.dinrail.broker.internal.protocol.SharedPublish;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Writes packets to one client, many into one buffer; used on its lane only. */
final class Press {
    private static final int LARGE = 4096;
    private static final int PAGE = 8192;
    private static final int SMALLEST = 256;
    private static final int LONGEST_PAGE = 1 << 20;

    private final Link link;
    private final MqttVersion version;
    private final long largest;
    private final Encoder encoder;
    private final Aliases aliases;
    private @Nullable ByteBuf page;
    private long written;

    Press(Link link, MqttVersion version, long largest, boolean explains, Aliases aliases) {
        this.link = link;
        this.version = version;
        this.largest = largest;
        this.encoder = new Encoder(version, largest, explains);
        this.aliases = aliases;
    }

    MqttVersion version() {
        return version;
    }

    /** Answers whether the client takes a packet of that size. */
    boolean write(Packet packet) {
        return encoder.encode(packet, room(SMALLEST));
    }

    /**
     * Writes a message.
     *
     * @param packetId ignored with QoS 0.
     * @return whether the client takes a packet of that size.
     */
    boolean write(Publication publication, Manner manner, int packetId, boolean dup, long now) {
        written++;
        OutgoingForm form = new OutgoingForm(version, manner.qos(), manner.retain());
        boolean own = version.hasProperties()
                && (publication.expires() || !manner.identifiers().isEmpty() || aliases.areOffered());
        if (!own) {
            return shared(publication.shared(form), packetId, dup);
        }
        Aliases.Alias alias = aliases.of(publication.topic());
        Onward onward = new Onward(publication.secondsLeft(now), manner.identifiers(), alias.number(), alias.isKnown());
        boolean fits = publication.forward(encoder, form, onward, packetId, dup, room(publication.bytes()));
        if (!fits) {
            aliases.forget(alias);
        }
        return fits;
    }

    private boolean shared(SharedPublish shared, int packetId, boolean dup) {
        if (shared.size() > largest) {
            return false;
        }
        if (shared.size() <= LARGE) {
            shared.write(room(shared.size()), packetId, dup);
        } else {
            shared.writeFront(room(shared.frontSize()), packetId, dup);
            turn();
            link.write(shared.payload().retainedDuplicate());
        }
        return true;
    }

    private ByteBuf room(int bytes) {
        if (page != null && page.writerIndex() > 0 && page.maxFastWritableBytes() < bytes && page.capacity() >= PAGE) {
            turn();
        }
        if (page == null) {
            page = link.allocator().buffer(Math.max(SMALLEST, bytes));
        }
        return page;
    }

    /** Gives what is written to the link. */
    private void turn() {
        if (page != null) {
            ByteBuf full = page;
            page = null;
            link.write(full);
        }
    }

    void flush() {
        turn();
        link.flush();
    }

    boolean isWritable() {
        return link.isWritable() && (page == null || page.readableBytes() < LONGEST_PAGE);
    }

    /** Messages written. */
    long count() {
        return written;
    }

    void drop() {
        if (page != null) {
            page.release();
            page = null;
        }
    }
}
