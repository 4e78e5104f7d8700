package io.dinrail.broker.internal.protocol;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.MessageToByteEncoder;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * Decodes and encodes PUBLISH with this codec and with Netty's, interleaved in one run: nanoseconds of CPU (others use
 * the machine too) and bytes of heap for each message. "In a channel" is the same frame for both (EmbeddedChannel); "alone" is how the transport calls it.
 */
public final class CodecBench {
    private static final int BATCH = 64;
    private static final int ROUNDS = 4_000;
    private static final int REPEATS = 7;
    private static final String PAYLOAD = "'" + "x".repeat(200) + "'";
    private static final String TOPIC = "<plant/hall-3/line-7/press-12/telemetry/oil>";
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final MqttVersion version;
    private final byte[] batch;
    private final byte[] connect;

    private CodecBench(MqttVersion version) {
        this.version = version;
        boolean five = version.hasProperties();
        String properties = five ? "2D 02 0000003C 03 <application/json> 26 <unit> <bar> 26 <src> <p>" : "";
        byte[] one = Wire.packet(0x32, TOPIC + "0007" + properties + PAYLOAD);
        this.batch = new byte[one.length * BATCH];
        for (int i = 0; i < BATCH; i++) {
            System.arraycopy(one, 0, batch, i * one.length, one.length);
        }
        this.connect = Wire.packet(0x10, five ? "<MQTT> 05 02 003C 00 <c>" : "<MQTT> 04 02 003C <c>");
    }

    private interface Work {
        /** Handles a batch. */
        void run() throws Exception;
    }

    public static void main(String[] args) throws InterruptedException {
        // As in an event loop: thread locals are the fast ones.
        Thread thread = new FastThreadLocalThread(CodecBench::all, "bench");
        thread.start();
        thread.join();
    }

    private static void all() {
        try {
            for (MqttVersion version : new MqttVersion[] {MqttVersion.V3_1_1, MqttVersion.V5}) {
                new CodecBench(version).run();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void run() throws Exception {
        List<String> names = List.of(
                "decode, Netty's, in a channel",
                "decode, ours, in a channel",
                "decode, nothing, in a channel",
                "decode, ours, alone",
                "encode, Netty's, in a channel",
                "encode, ours, in a channel",
                "encode, nothing, in a channel",
                "encode, ours, alone",
                "encode, ours, shared by many");
        List<Work> works = List.of(
                decodeInChannel(new MqttDecoder(1 << 20)),
                decodeInChannel(new OurDecoder()),
                decodeInChannel(new NoDecoder(connect.length, batch.length / BATCH)),
                decodeAlone(),
                encodeInChannel(MqttEncoder.INSTANCE, nettys()),
                encodeInChannel(new OurEncoder(version), ours()),
                encodeInChannel(new NoEncoder(), ours()),
                encodeAlone(),
                encodeShared());
        double[] best = new double[works.size()];
        long[] bytes = new long[works.size()];
        for (int repeat = 0; repeat < REPEATS; repeat++) {
            for (int i = 0; i < works.size(); i++) {
                measure(works.get(i), i, best, bytes);
            }
        }
        System.out.printf("%s, QoS 1, %d bytes a packet, best of %d%n", version, batch.length / BATCH, REPEATS);
        for (int i = 0; i < works.size(); i++) {
            System.out.printf("  %-32s %7.1f ns %6d B%n", names.get(i), best[i], bytes[i]);
        }
    }

    private static void measure(Work work, int i, double[] best, long[] bytes) throws Exception {
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long start = THREADS.getCurrentThreadCpuTime();
        for (int round = 0; round < ROUNDS; round++) {
            work.run();
        }
        double nanos = (THREADS.getCurrentThreadCpuTime() - start) / (double) (ROUNDS * BATCH);
        best[i] = best[i] == 0 ? nanos : Math.min(best[i], nanos);
        bytes[i] = (THREADS.getCurrentThreadAllocatedBytes() - allocated) / (ROUNDS * BATCH);
    }

    private ByteBuf received() {
        return PooledByteBufAllocator.DEFAULT.directBuffer(batch.length).writeBytes(batch);
    }

    private Work decodeInChannel(ChannelHandler handler) {
        EmbeddedChannel channel = new EmbeddedChannel(handler);
        channel.writeInbound(Unpooled.wrappedBuffer(connect));
        channel.readInbound();
        return () -> {
            channel.writeInbound(received());
            for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
                release(message);
            }
        };
    }

    private static void release(Object message) {
        if (message instanceof Packet packet) {
            packet.release();
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private Work decodeAlone() {
        Decoder decoder = Wire.decoder(version, Role.CLIENT);
        return () -> {
            ByteBuf in = received();
            for (Packet packet = decoder.decode(in); packet != null; packet = decoder.decode(in)) {
                packet.release();
            }
            in.release();
        };
    }

    private Publish ours() throws MalformedPacket {
        return (Publish) Wire.decoder(version, Role.CLIENT).decode(received());
    }

    private MqttPublishMessage nettys() {
        EmbeddedChannel channel = new EmbeddedChannel(new MqttDecoder(1 << 20));
        channel.writeInbound(Unpooled.wrappedBuffer(connect), received());
        channel.readInbound();
        return channel.readInbound();
    }

    private Work encodeInChannel(ChannelHandler handler, Object message) {
        EmbeddedChannel channel = new EmbeddedChannel(handler);
        channel.attr(io.netty.util.AttributeKey.<io.netty.handler.codec.mqtt.MqttVersion>valueOf(
                        "NETTY_CODEC_MQTT_VERSION"))
                .set(
                        version.hasProperties()
                                ? io.netty.handler.codec.mqtt.MqttVersion.MQTT_5
                                : io.netty.handler.codec.mqtt.MqttVersion.MQTT_3_1_1);
        return () -> {
            for (int i = 0; i < BATCH; i++) {
                channel.writeOutbound(ReferenceCountUtil.retain(message));
                for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
                    out.release();
                }
            }
        };
    }

    private Work encodeAlone() throws MalformedPacket {
        Publish message = ours();
        Encoder encoder = new Encoder(version, Decoder.LARGEST_PACKET, true);
        OutgoingForm form = new OutgoingForm(version, Qos.AT_LEAST_ONCE, false);
        Onward onward = version.hasProperties() ? new Onward(60) : Onward.PLAIN;
        return () -> {
            ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer(batch.length);
            for (int i = 1; i <= BATCH; i++) {
                encoder.forward(message, form, onward, i, false, out);
            }
            out.release();
        };
    }

    private Work encodeShared() throws MalformedPacket {
        Onward onward = version.hasProperties() ? new Onward(60) : Onward.PLAIN;
        SharedPublish shared = SharedPublish.of(ours(), new OutgoingForm(version, Qos.AT_LEAST_ONCE, false), onward);
        return () -> {
            ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer(batch.length);
            for (int i = 1; i <= BATCH; i++) {
                shared.write(out, i, false);
            }
            out.release();
        };
    }

    private static final class OurDecoder extends ByteToMessageDecoder {
        private final Decoder decoder = Wire.fresh();

        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws MalformedPacket {
            Packet packet = decoder.decode(in);
            if (packet != null) {
                out.add(packet);
            }
        }
    }

    private static final class OurEncoder extends MessageToByteEncoder<Packet> {
        private final Encoder encoder;

        OurEncoder(MqttVersion version) {
            encoder = new Encoder(version, Decoder.LARGEST_PACKET, true);
        }

        @Override
        protected void encode(ChannelHandlerContext context, Packet packet, ByteBuf out) {
            encoder.encode(packet, out);
        }

        @Override
        protected ByteBuf allocateBuffer(ChannelHandlerContext context, Packet packet, boolean preferDirect) {
            return context.alloc().ioBuffer(512);
        }
    }

    /** What the frame itself costs. */
    private static final class NoDecoder extends ByteToMessageDecoder {
        private final int size;
        private int skipped;

        NoDecoder(int connect, int size) {
            this.size = size;
            this.skipped = connect;
        }

        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
            in.skipBytes(skipped);
            skipped = size;
            out.add(Ping.REQUEST);
        }
    }

    /** What the frame itself costs. */
    private static final class NoEncoder extends MessageToByteEncoder<Packet> {
        @Override
        protected void encode(ChannelHandlerContext context, Packet packet, ByteBuf out) {
            out.writeShort(0);
        }
    }
}
