package io.dinrail.broker.internal.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Optional;

/** One MQTT 3.1.1 client that costs little: it looks at no more than the fixed header and packet id, and answers once a read. */
class LoadClient extends ChannelInboundHandlerAdapter {
    static final int CONNACK = 2;
    static final int PUBLISH = 3;
    static final int PUBACK = 4;
    static final int PUBREC = 5;
    static final int PUBREL = 6;
    static final int PUBCOMP = 7;
    static final int SUBACK = 9;

    private static final String LOGIN =
            Optional.ofNullable(System.getenv("LOAD_LOGIN")).orElse("");
    private static final String PASSWORD =
            Optional.ofNullable(System.getenv("LOAD_PASSWORD")).orElse("");

    private final String clientId;
    private final boolean clean;
    private ByteBuf rest = Unpooled.EMPTY_BUFFER;
    private boolean written;
    ChannelHandlerContext context;

    LoadClient(String clientId, boolean clean) {
        this.clientId = clientId;
        this.clean = clean;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        boolean named = !LOGIN.isEmpty();
        byte[] id = (named ? LOGIN + '-' + clientId : clientId).getBytes(UTF_8);
        byte[] login = LOGIN.getBytes(UTF_8);
        byte[] password = PASSWORD.getBytes(UTF_8);
        ByteBuf out = ctx.alloc().buffer();
        out.writeByte(0x10);
        length(12 + id.length + (named ? 4 + login.length + password.length : 0), out);
        out.writeShort(4)
                .writeBytes("MQTT".getBytes(UTF_8))
                .writeByte(4)
                .writeByte((clean ? 2 : 0) | (named ? 0xC0 : 0));
        out.writeShort(600).writeShort(id.length).writeBytes(id);
        if (named) {
            out.writeShort(login.length)
                    .writeBytes(login)
                    .writeShort(password.length)
                    .writeBytes(password);
        }
        ctx.writeAndFlush(out);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object read) {
        ByteBuf in = (ByteBuf) read;
        if (rest.isReadable()) {
            ByteBuf both = ctx.alloc().buffer(rest.readableBytes() + in.readableBytes());
            both.writeBytes(rest).writeBytes(in);
            rest.release();
            in.release();
            in = both;
        }
        while (frame(in)) {
            // the next
        }
        rest = in.isReadable() ? in.copy() : Unpooled.EMPTY_BUFFER;
        in.release();
        turn();
        if (written) {
            written = false;
            ctx.flush();
        }
    }

    private boolean frame(ByteBuf in) {
        int start = in.readerIndex();
        int length = 0;
        int at = start + 1;
        for (int shift = 0; ; shift += 7) {
            if (at >= in.writerIndex()) {
                return false;
            }
            int octet = in.getByte(at++) & 0xFF;
            length |= (octet & 0x7F) << shift;
            if (octet < 0x80) {
                break;
            }
        }
        if (at + length > in.writerIndex()) {
            return false;
        }
        int first = in.getByte(start) & 0xFF;
        in.readerIndex(at);
        packet(first >> 4, first, in, at + length);
        in.readerIndex(at + length);
        return true;
    }

    /** Looks at one packet; the buffer stands behind the fixed header. */
    void packet(int type, int first, ByteBuf in, int end) {
        // what isn't waited for
    }

    /** All that was there has been looked at. */
    void turn() {
        // nothing to add
    }

    void write(ByteBuf out) {
        written = true;
        context.write(out, context.voidPromise());
    }

    void answer(int first, int packetId) {
        write(context.alloc().buffer(4).writeByte(first).writeByte(2).writeShort(packetId));
    }

    static void length(int length, ByteBuf out) {
        int left = length;
        do {
            out.writeByte(left > 127 ? left & 127 | 128 : left);
            left >>>= 7;
        } while (left > 0);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
