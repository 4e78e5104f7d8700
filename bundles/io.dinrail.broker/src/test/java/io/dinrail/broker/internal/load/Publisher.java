package io.dinrail.broker.internal.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.CountDownLatch;

/** Publishes as fast as its window lets it, the time of sending in front of each payload. */
class Publisher extends LoadClient {
    private static final int AT_ONCE = 64;

    private final byte[] topic;
    private final int qos;
    private final int size;
    private final int window;
    private final CountDownLatch ready;
    private final CountDownLatch done;
    private long allowed;
    private long sent;
    private long acknowledged;

    /** @param window messages not acknowledged; with QoS 0 the socket's buffer is the window. */
    Publisher(String id, String topic, int qos, int size, int window, CountDownLatch ready, CountDownLatch done) {
        super(id, true);
        this.topic = topic.getBytes(UTF_8);
        this.qos = qos;
        this.size = Math.max(8, size);
        this.window = window;
        this.ready = ready;
        this.done = done;
    }

    /** Lets it publish so many more; from any thread. */
    void go(long messages) {
        context.executor().execute(() -> {
            allowed += messages;
            pump();
            context.flush();
        });
    }

    @Override
    void packet(int type, int first, ByteBuf in, int end) {
        switch (type) {
            case CONNACK -> ready.countDown();
            case PUBACK, PUBCOMP -> acknowledged++;
            case PUBREC -> answer(0x62, in.readUnsignedShort());
            default -> {}
        }
    }

    @Override
    void turn() {
        pump();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable()) {
            pump();
            ctx.flush();
        }
    }

    private void pump() {
        while (sent < allowed && mayGo()) {
            int batch = (int) Math.min(AT_ONCE, allowed - sent);
            if (qos > 0) {
                batch = (int) Math.min(batch, window - (sent - acknowledged));
            }
            ByteBuf out = context.alloc().buffer(batch * (size + topic.length + 16));
            for (int i = 0; i < batch; i++) {
                message(out);
            }
            write(out);
            if (qos == 0) {
                context.flush();
            }
        }
        if (allowed > 0 && sent == allowed && (qos == 0 || acknowledged == sent)) {
            done.countDown();
        }
    }

    private boolean mayGo() {
        return qos == 0 ? context.channel().isWritable() : sent - acknowledged < window;
    }

    /** Of one of its messages. */
    byte[] topic(long number) {
        return topic;
    }

    boolean retained() {
        return false;
    }

    private void message(ByteBuf out) {
        byte[] topic = topic(sent);
        out.writeByte(0x30 | qos << 1 | (retained() ? 1 : 0));
        length(2 + topic.length + (qos > 0 ? 2 : 0) + size, out);
        out.writeShort(topic.length).writeBytes(topic);
        if (qos > 0) {
            out.writeShort((int) (sent % 65_535) + 1);
        }
        out.writeLong(System.nanoTime());
        out.writeZero(size - 8);
        sent++;
    }
}
