package io.dinrail.broker.internal.store;

import io.dinrail.broker.internal.store.StoreException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that writes and forces. After a failure all that isn't forced is written again, since a failed force leaves open which pages reached the
 * disk.
 */
final class LogWriter implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);
    private static final int SLICE = 1 << 18;
    private static final int BUSY = 1 << 14;

    private final Log log;
    private final LogSettings settings;
    private final Thread thread = new Thread(this, "dinrail-broker-log");
    private final List<Block> todo = new ArrayList<>();
    private Optional<Segment> open = Optional.empty();
    private long writtenTo;
    private long note = -1;
    private long dirtySince;
    private boolean busy;
    private volatile long forcedTo;
    private volatile long forces;
    private volatile Optional<IOException> refusal = Optional.empty();
    private volatile boolean abandon;

    LogWriter(Log log, LogSettings settings, long forcedTo) {
        this.log = log;
        this.settings = settings;
        this.forcedTo = forcedTo;
        this.writtenTo = forcedTo;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    long forced() {
        return forcedTo;
    }

    long forces() {
        return forces;
    }

    boolean failing() {
        return refusal.isPresent();
    }

    StoreException refusal() {
        String why = refusal.map(IOException::getMessage).orElse("it has just recovered");
        return new StoreException(
                Reason.DISK,
                "the disk of the message store refuses to be written (" + why
                        + "); make space or mend it, writing goes on by itself");
    }

    /** Waits for the rest to be forced; after that time it is given up. */
    void end(Duration most) {
        boolean interrupted = false;
        try {
            thread.join(most.toMillis());
        } catch (InterruptedException e) {
            interrupted = true;
        }
        abandon = true;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        boolean closing = false;
        while (!(abandon || closing && todo.isEmpty() && !dirty())) {
            closing = log.take(todo, patience(), busy);
            try {
                step(closing);
                recovered();
            } catch (IOException e) {
                refused(e);
            } catch (RuntimeException e) {
                refused(new IOException(e)); // Whatever it is, the thread that all wait for must not end.
            }
        }
        StoreException why = new StoreException(Reason.CLOSED, "the message store was closed before this was stored");
        log.abandoned().forEach(receipt -> receipt.failed(why));
    }

    private long patience() {
        if (!todo.isEmpty()) {
            return 0;
        }
        if (!dirty()) {
            return Long.MAX_VALUE;
        }
        return Math.max(0, dirtySince + settings.writeBehind().toNanos() - System.nanoTime());
    }

    private boolean dirty() {
        return writtenTo > forcedTo && !(writtenTo == note && forcedTo == note - 1);
    }

    private void step(boolean closing) throws IOException {
        boolean wasDirty = dirty();
        long bytes = 0;
        for (Block block : todo) {
            write(block);
            bytes += block.length;
        }
        todo.clear();
        busy = bytes > BUSY;
        if (!wasDirty) {
            dirtySince = System.nanoTime();
        }
        log.reached(writtenTo, forcedTo, this::tell);
        if (dirty() && (closing || patience() <= 0 || log.wantsForce())) {
            force();
            note = log.note();
        }
    }

    private void write(Block block) throws IOException {
        Segment before = open.orElse(block.segment);
        if (before != block.segment) {
            force(); // A segment may only be followed by the next when it is whole.
        }
        open = Optional.of(block.segment);
        if (block.start == 0) {
            // Forced alone, so that a file with frames and without a header is known to be damaged and not just begun.
            block.segment.file.write(ByteBuffer.wrap(block.bytes, 0, Frames.SEGMENT_HEADER), 0);
            block.segment.file.force();
        }
        for (int at = 0; at < block.length; at += SLICE) {
            // In slices, since the JDK keeps a direct buffer as large as the largest write.
            int length = Math.min(SLICE, block.length - at);
            block.segment.file.write(ByteBuffer.wrap(block.bytes, at, length), block.start + at);
        }
        block.segment.written = block.start + block.length;
        writtenTo = block.lastSequence;
    }

    private void force() throws IOException {
        if (open.isPresent()) {
            open.get().file.force();
            forces++;
        }
        forcedTo = writtenTo;
        log.reached(writtenTo, forcedTo, this::tell);
    }

    private void tell(Receipt receipt) {
        try {
            receipt.stored();
        } catch (RuntimeException e) {
            LOG.error("someone who waited for the message store failed; the store goes on", e);
        }
    }

    private void recovered() {
        if (failing()) {
            refusal = Optional.empty();
            LOG.info("the disk of the message store can be written again; nothing acknowledged was lost");
        }
    }

    private void refused(IOException e) {
        if (!failing()) {
            LOG.error(
                    "the message store can't be written ({}); nothing more is acknowledged until it can", e.toString());
        }
        refusal = Optional.of(e);
        open = Optional.empty();
        log.again(todo);
        writtenTo = forcedTo;
        log.pause(settings.retry().toNanos());
    }
}
