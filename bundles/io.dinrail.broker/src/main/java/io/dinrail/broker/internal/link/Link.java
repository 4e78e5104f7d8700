package io.dinrail.broker.internal.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.EventExecutor;

/** One connection as its session sees it; used on its loop only, unless a method says otherwise. */
public interface Link {
    /**
     * Gives the one thread that serves this connection; safe from any thread.
     *
     * @return the loop: what has to do with the connection is executed there.
     */
    EventExecutor loop();

    /**
     * Says who is at the other end; safe from any thread.
     *
     * @return the peer, which never changes.
     */
    Peer peer();

    /**
     * Gives the memory to write from.
     *
     * @return the allocator of buffers for {@link #write}.
     */
    ByteBufAllocator allocator();

    /**
     * Puts bytes behind those that were written before; they leave at the next {@link #flush}.
     *
     * @param bytes whole packets; the link releases them, also when it is closed already.
     */
    void write(ByteBuf bytes);

    /** Sends what was written. */
    void flush();

    /**
     * Counts what has been written and not yet been taken by the operating system.
     *
     * @return bytes, those not flushed included.
     */
    long pending();

    /**
     * Says from when on {@link LinkHandler#writable} is told.
     *
     * @return whether less is pending than the link's high mark, or, after it was passed, its low mark.
     */
    boolean isWritable();

    /**
     * Stops or resumes reading from the socket; what was read already is still given to the handler.
     *
     * @param on whether to read.
     */
    void reading(boolean on);

    /**
     * Sets another bound for what comes in, once it is known who sends.
     *
     * @param bytes the largest packet that is taken from here on, with its fixed header.
     */
    void largestPacket(int bytes);

    /** Sends what was written and closes, at the latest after two seconds; nothing more is read. */
    void close();

    /** Closes at once, whatever is pending. */
    void abort();
}
