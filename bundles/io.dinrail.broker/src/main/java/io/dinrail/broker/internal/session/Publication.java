package io.dinrail.broker.internal.session;

import io.dinrail.broker.internal.protocol.Decoder;
import io.dinrail.broker.internal.protocol.Encoder;
import io.dinrail.broker.internal.protocol.MalformedPacket;
import io.dinrail.broker.internal.protocol.MqttVersion;
import io.dinrail.broker.internal.protocol.Onward;
import io.dinrail.broker.internal.protocol.OutgoingForm;
import io.dinrail.broker.internal.protocol.Properties;
import io.dinrail.broker.internal.protocol.Property;
import io.dinrail.broker.internal.protocol.Publish;
import io.dinrail.broker.internal.protocol.Qos;
import io.dinrail.broker.internal.protocol.Role;
import io.dinrail.broker.internal.protocol.SharedPublish;
import io.dinrail.broker.internal.protocol.TopicName;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * A message inside the broker, on the heap and immutable, so that nobody counts who still holds it; safe for use by many threads. It remembers the bytes
 * of the forms in which it left, for the next receiver of the same form.
 */
final class Publication {
    static final long NEVER = Long.MAX_VALUE;
    private static final int FORMS = 12;
    private static final int MS = 1000;

    /** Its number in the store; 0 while it has none. Set by the lane that routes it, before others see it. */
    long number;

    private final Publish message;
    private final long expiresAt;
    private final @Nullable SharedPublish[] forms = new SharedPublish[FORMS];

    private Publication(Publish message, long expiresAt) {
        this.message = message;
        this.expiresAt = expiresAt;
    }

    /** Copies what came from a client and lets go of the memory it came in. */
    static Publication taken(Publish publish, long now) {
        long seconds = publish.properties().number(Property.MESSAGE_EXPIRY_INTERVAL, Onward.NO_EXPIRY);
        Publication taken = of(
                publish.topic(),
                ByteBufUtil.getBytes(publish.payload()),
                publish.qos(),
                publish.retain(),
                copied(publish.properties()),
                seconds < 0 ? NEVER : now + seconds * MS);
        publish.release();
        return taken;
    }

    private static Properties copied(Properties properties) {
        return properties.bytes() == 0
                ? Properties.NONE
                : properties
                        .without(Property.TOPIC_ALIAS, Property.MESSAGE_EXPIRY_INTERVAL, Property.WILL_DELAY_INTERVAL)
                        .copy();
    }

    /** @param expiresAt in milliseconds since 1970, or {@link #NEVER}. */
    static Publication of(
            TopicName topic, byte[] payload, Qos qos, boolean retain, Properties properties, long expiresAt) {
        ByteBuf bytes = Unpooled.wrappedBuffer(payload);
        return new Publication(new Publish(topic, bytes, qos, retain, false, 0, properties), expiresAt);
    }

    /** The same message, to be stored once more. */
    Publication anew() {
        return new Publication(message, expiresAt);
    }

    /** As it is routed: a command is never retained. */
    Publication routed() {
        if (!message.retain() || !Topics.isCommand(message.topic().text())) {
            return this;
        }
        return new Publication(
                new Publish(message.topic(), message.payload(), message.qos(), false, false, 0, message.properties()),
                expiresAt);
    }

    TopicName topic() {
        return message.topic();
    }

    byte[] payload() {
        return ByteBufUtil.getBytes(message.payload());
    }

    boolean isEmpty() {
        return !message.payload().isReadable();
    }

    Qos qos() {
        return message.qos();
    }

    boolean retain() {
        return message.retain();
    }

    Properties properties() {
        return message.properties();
    }

    /** What it counts for in bounds. */
    int bytes() {
        return message.topic().bytes()
                + message.payload().readableBytes()
                + message.properties().bytes();
    }

    boolean isExpired(long now) {
        return now >= expiresAt;
    }

    boolean expires() {
        return expiresAt != NEVER;
    }

    /** What is left of its time in seconds, at least 1 if it has one and isn't expired, or {@link Onward#NO_EXPIRY}. */
    long secondsLeft(long now) {
        return expiresAt == NEVER ? Onward.NO_EXPIRY : Math.max(0, (expiresAt - now + MS - 1) / MS);
    }

    /** The bytes for all receivers of one form that get nothing of their own; only for what doesn't expire. */
    SharedPublish shared(OutgoingForm form) {
        int index = (form.version().hasProperties() ? 6 : 0) + form.qos().number() * 2 + (form.retain() ? 1 : 0);
        SharedPublish known = forms[index];
        if (known == null) { // two lanes may both make it; either will do
            known = SharedPublish.of(message, form, Onward.PLAIN);
            forms[index] = known;
        }
        return known;
    }

    boolean forward(Encoder encoder, OutgoingForm form, Onward onward, int packetId, boolean dup, ByteBuf out) {
        return encoder.forward(message, form, onward, packetId, dup, out);
    }

    /** As it stands in the store: when it expires, and its packet as MQTT 5 sends it. */
    byte[] stored() {
        ByteBuf out = Unpooled.buffer(bytes() + 24);
        out.writeLong(expiresAt);
        Publish plain = new Publish(
                message.topic(),
                message.payload(),
                message.qos(),
                message.retain(),
                false,
                message.qos() == Qos.AT_MOST_ONCE ? 0 : 1,
                message.properties());
        new Encoder(MqttVersion.V5, Decoder.LARGEST_PACKET, true).encode(plain, out);
        return ByteBufUtil.getBytes(out);
    }

    /** @throws MalformedPacket if it isn't what {@link #stored} made. */
    static Publication restored(byte[] stored, long number) throws MalformedPacket {
        ByteBuf in = Unpooled.wrappedBuffer(stored);
        long expiresAt = in.readLong();
        Decoder decoder = new Decoder(Role.CLIENT, Decoder.LARGEST_PACKET, false);
        decoder.version(MqttVersion.V5);
        if (!(decoder.decode(in) instanceof Publish publish)) {
            throw new IllegalStateException("message " + number + " of the store is no message");
        }
        Publication restored = of(
                publish.topic(),
                ByteBufUtil.getBytes(publish.payload()),
                publish.qos(),
                publish.retain(),
                publish.properties(),
                expiresAt);
        restored.number = number;
        return restored;
    }
}
