package io.dinrail.broker.internal.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;

/** Takes what it subscribed to and acknowledges it. */
class Subscriber extends LoadClient {
    private final byte[] filter;
    private final int qos;
    private final CountDownLatch ready;
    private final LongAdder received;
    private final LongConsumer latency;

    /** @param latency is told the nanoseconds that each message took. */
    Subscriber(
            String id,
            boolean clean,
            String filter,
            int qos,
            CountDownLatch ready,
            LongAdder received,
            LongConsumer latency) {
        super(id, clean);
        this.filter = filter.getBytes(UTF_8);
        this.qos = qos;
        this.ready = ready;
        this.received = received;
        this.latency = latency;
    }

    @Override
    void packet(int type, int first, ByteBuf in, int end) {
        switch (type) {
            case CONNACK -> subscribe();
            case SUBACK -> ready.countDown();
            case PUBLISH -> message(first, in);
            case PUBREL -> answer(0x70, in.readUnsignedShort());
            default -> {}
        }
    }

    private void subscribe() {
        ByteBuf out = context.alloc().buffer();
        out.writeByte(0x82);
        length(5 + filter.length, out);
        out.writeShort(1).writeShort(filter.length).writeBytes(filter).writeByte(qos);
        write(out);
    }

    private void message(int first, ByteBuf in) {
        in.skipBytes(in.readUnsignedShort());
        int level = first >> 1 & 3;
        if (level > 0) {
            answer(level == 1 ? 0x40 : 0x50, in.readUnsignedShort());
        }
        latency.accept(System.nanoTime() - in.readLong());
        received.increment();
    }
}
