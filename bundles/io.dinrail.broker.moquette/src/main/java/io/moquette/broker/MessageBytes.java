package io.moquette.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.moquette.broker.SessionRegistry.PublishedMessage;
import io.moquette.broker.subscriptions.Topic;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.mqtt.MqttProperties.BinaryProperty;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttProperties.MqttProperty;
import io.netty.handler.codec.mqtt.MqttProperties.StringPair;
import io.netty.handler.codec.mqtt.MqttProperties.StringProperty;
import io.netty.handler.codec.mqtt.MqttProperties.UserProperties;
import io.netty.handler.codec.mqtt.MqttProperties.UserProperty;
import io.netty.handler.codec.mqtt.MqttQoS;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A message as bytes on disk, user properties included, which the engine's own form can't hold. */
final class MessageBytes {
    private static final byte VERSION = 1;
    private static final long NEVER = Long.MAX_VALUE;

    private MessageBytes() {}

    static byte[] write(PublishedMessage message) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 + message.payload.readableBytes());
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeByte(message.publishingQos.value());
            out.writeBoolean(message.retained);
            out.writeLong(Instant.MAX.equals(message.messageExpiry) ? NEVER : message.messageExpiry.toEpochMilli());
            bytes(out, message.topic.toString().getBytes(UTF_8));
            bytes(out, ByteBufUtil.getBytes(message.payload));
            properties(out, message.mqttProperties);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // in memory
        }
        return bytes.toByteArray();
    }

    static PublishedMessage read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readByte() != VERSION) {
                throw new IllegalStateException("a stored message is of an unknown form");
            }
            MqttQoS qos = MqttQoS.valueOf(in.readByte());
            boolean retained = in.readBoolean();
            long expiry = in.readLong();
            Topic topic = Topic.asTopic(new String(bytes(in), UTF_8));
            byte[] payload = bytes(in);
            return new PublishedMessage(
                    topic,
                    qos,
                    Unpooled.wrappedBuffer(payload),
                    retained,
                    expiry == NEVER ? Instant.MAX : Instant.ofEpochMilli(expiry),
                    properties(in));
        } catch (IOException e) {
            throw new UncheckedIOException("a stored message is damaged", e);
        }
    }

    private static void properties(DataOutputStream out, MqttProperty<?>[] properties) throws IOException {
        out.writeInt(properties.length);
        for (MqttProperty<?> property : properties) {
            out.writeInt(property.propertyId());
            if (property instanceof IntegerProperty number) {
                out.writeByte('i');
                out.writeInt(number.value());
            } else if (property instanceof UserProperties pairs) {
                pairs(out, pairs.value());
            } else if (property instanceof UserProperty pair) {
                pairs(out, List.of(pair.value()));
            } else if (property instanceof StringProperty text) {
                out.writeByte('s');
                bytes(out, text.value().getBytes(UTF_8));
            } else if (property instanceof BinaryProperty binary) {
                out.writeByte('b');
                bytes(out, binary.value());
            } else {
                throw new IOException("property " + property.propertyId() + " has no stored form");
            }
        }
    }

    private static void pairs(DataOutputStream out, List<StringPair> pairs) throws IOException {
        out.writeByte('u');
        out.writeInt(pairs.size());
        for (StringPair pair : pairs) {
            bytes(out, pair.key.getBytes(UTF_8));
            bytes(out, pair.value.getBytes(UTF_8));
        }
    }

    private static MqttProperty<?>[] properties(DataInputStream in) throws IOException {
        List<MqttProperty<?>> properties = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            int id = in.readInt();
            switch (in.readByte()) {
                case 'i' -> properties.add(new IntegerProperty(id, in.readInt()));
                case 's' -> properties.add(new StringProperty(id, new String(bytes(in), UTF_8)));
                case 'b' -> properties.add(new BinaryProperty(id, bytes(in)));
                case 'u' -> properties.add(pairs(in));
                default -> throw new IOException("an unknown kind of property");
            }
        }
        return properties.toArray(new MqttProperty<?>[0]);
    }

    private static UserProperties pairs(DataInputStream in) throws IOException {
        UserProperties pairs = new UserProperties();
        for (int left = in.readInt(); left > 0; left--) {
            pairs.add(new String(bytes(in), UTF_8), new String(bytes(in), UTF_8));
        }
        return pairs;
    }

    private static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt());
    }
}
