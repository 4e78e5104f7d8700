package io.dinrail.broker.internal.protocol;

import io.netty.buffer.ByteBuf;

/** Writes a PUBLISH, sized before anything is written. */
final class PublishWriter {
    /** What belongs to one connection or one moment and is never forwarded as it came. */
    private static final long NOT_FORWARDED = Property.MESSAGE_EXPIRY_INTERVAL.bit()
            | Property.TOPIC_ALIAS.bit()
            | Property.SUBSCRIPTION_IDENTIFIER.bit();

    private final Publish message;
    private final OutgoingForm form;
    private final Onward onward;
    private final long leftOut;
    private final int propertyBytes;
    private final int bodyBytes;

    private PublishWriter(Publish message, OutgoingForm form, Onward onward, long leftOut) {
        this.message = message;
        this.form = form;
        this.onward = onward;
        this.leftOut = leftOut;
        this.propertyBytes = message.properties().bytesWithout(leftOut) + onward.bytes();
        this.bodyBytes = bodyBytes();
    }

    /** A message with the properties it has, as a client sends it. */
    static PublishWriter asItIs(Publish message, MqttVersion version) {
        OutgoingForm form = new OutgoingForm(version, message.qos(), message.retain());
        return new PublishWriter(message, form, Onward.PLAIN, 0);
    }

    /** A message on its way to a receiver. */
    static PublishWriter forwarded(Publish message, OutgoingForm form, Onward onward) {
        return new PublishWriter(message, form, onward, NOT_FORWARDED);
    }

    private int bodyBytes() {
        long sum = 2L + topic().bytes() + (form.hasPacketId() ? 2 : 0);
        if (form.version().hasProperties()) {
            sum += VariableInteger.size(propertyBytes) + propertyBytes;
        }
        sum += message.payload().readableBytes();
        if (sum > VariableInteger.HIGHEST) {
            throw new IllegalArgumentException("a PUBLISH of " + sum + " bytes can't be written");
        }
        return (int) sum;
    }

    private TopicName topic() {
        return onward.topicKnown() ? TopicName.NONE : message.topic();
    }

    /** Counts the bytes of the whole packet. */
    int size() {
        return 1 + VariableInteger.size(bodyBytes) + bodyBytes;
    }

    /** Writes everything. */
    void write(ByteBuf out, int packetId, boolean dup) {
        writeHead(out, dup);
        form.writePacketId(packetId, out);
        writeProperties(out);
        ByteBuf payload = message.payload();
        out.writeBytes(payload, payload.readerIndex(), payload.readableBytes());
    }

    /** Writes what stands in front of the packet identifier. */
    void writeHead(ByteBuf out, boolean dup) {
        out.writeByte(form.firstByte(dup));
        VariableInteger.write(out, bodyBytes);
        topic().write(out);
    }

    /** Writes what stands between the packet identifier and the payload. */
    void writeProperties(ByteBuf out) {
        if (!form.version().hasProperties()) {
            return;
        }
        VariableInteger.write(out, propertyBytes);
        if (onward.expirySeconds() >= 0) {
            out.writeByte(Property.MESSAGE_EXPIRY_INTERVAL.id()).writeInt((int) onward.expirySeconds());
        }
        if (onward.topicAlias() > 0) {
            out.writeByte(Property.TOPIC_ALIAS.id()).writeShort(onward.topicAlias());
        }
        for (int i = 0; i < onward.subscriptionIdentifiers().size(); i++) {
            out.writeByte(Property.SUBSCRIPTION_IDENTIFIER.id());
            VariableInteger.write(out, onward.subscriptionIdentifiers().get(i));
        }
        message.properties().writeWithout(leftOut, out);
    }
}
