package io.dinrail.connector.modbus.internal;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import java.util.function.Consumer;

/**
 * Lets whole, plausible frames through to the library's codec and closes the connection at the first other: the codec would wait for ever for the
 * rest of a frame whose length is nonsense.
 */
final class MbapGuard extends ByteToMessageDecoder {
    private static final int BEFORE_LENGTH = 6;
    private static final int SHORTEST = 2;
    private static final int LONGEST = 254;

    private final Consumer<String> broken;

    /** @param broken hears once why the connection is of no more use; called on the event loop. */
    MbapGuard(Consumer<String> broken) {
        this.broken = broken;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> frames) {
        if (in.readableBytes() < BEFORE_LENGTH) {
            return;
        }
        int protocol = in.getUnsignedShort(in.readerIndex() + 2);
        int length = in.getUnsignedShort(in.readerIndex() + 4);
        if (protocol != 0 || length < SHORTEST || length > LONGEST) {
            in.skipBytes(in.readableBytes());
            broken.accept("answered something that is not Modbus");
            context.close();
        } else if (in.readableBytes() >= BEFORE_LENGTH + length) {
            frames.add(in.readRetainedSlice(BEFORE_LENGTH + length));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        broken.accept("closed the connection");
        super.channelInactive(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        broken.accept("broke the connection (" + cause.getMessage() + ")");
        context.close();
    }
}
