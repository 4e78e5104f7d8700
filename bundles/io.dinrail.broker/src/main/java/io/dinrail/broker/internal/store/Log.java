package io.dinrail.broker.internal.store;

import io.dinrail.broker.internal.store.StoreException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Frames appended by any thread, written and forced by one; one force serves all that wait for it. */
final class Log implements AutoCloseable {
    /** Where a frame went; its body begins at the offset. */
    record Appended(long sequence, Segment segment, long offset) {}

    private final Disk disk;
    private final LogSettings settings;
    private final Supplier<byte[]> preamble;
    private final ConcurrentNavigableMap<Integer, Segment> segments;
    private final SecureRandom random = new SecureRandom();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Deque<Block> filling = new ArrayDeque<>();
    /** Handed to the writer and not forced. */
    private final Deque<Block> held = new ArrayDeque<>();

    private final Waiting written = new Waiting();
    private final Waiting forced = new Waiting();
    private int nextId;
    private long sequence;
    private long fillingBytes;
    private long heldBytes;
    private volatile long totalBytes;
    private boolean closing;

    private final LogWriter writer;

    private Log(
            Disk disk,
            LogSettings settings,
            Supplier<byte[]> preamble,
            Recovery recovery,
            ConcurrentNavigableMap<Integer, Segment> found) {
        this.segments = found;
        this.totalBytes =
                found.values().stream().mapToLong(segment -> segment.end).sum();
        this.disk = disk;
        this.settings = settings;
        this.preamble = preamble;
        this.sequence = recovery.lastSequence();
        this.nextId = recovery.highestId() + 1;
        this.writer = new LogWriter(this, settings, sequence);
    }

    /** Reads what is there, gives it to the visitor, and is ready for more. */
    static Log open(Disk disk, LogSettings settings, Supplier<byte[]> preamble, Recovery recovery) throws IOException {
        Log log = new Log(disk, settings, preamble, recovery, recovery.run());
        log.writer.start();
        return log;
    }

    /**
     * Appends one frame: it will be found whole or not at all. Never waits: who appends much waits for its receipts.
     *
     * @param urgent whether it is taken while the disk refuses, up to the bound of what is pending.
     * @throws StoreException DISK while the disk refuses, CLOSED after {@link #close}; nothing was appended then.
     */
    Appended append(byte[] body, int length, boolean urgent, Durability durability, Receipt receipt)
            throws StoreException {
        lock.lock();
        try {
            refuse(length, urgent);
            Segment segment = current(length);
            Appended appended = place(segment, body, length);
            if (receipt != Receipt.NONE) {
                (durability == Durability.FORCED ? forced : written).add(sequence, receipt);
            }
            work.signal();
            return appended;
        } finally {
            lock.unlock();
        }
    }

    private void refuse(int length, boolean urgent) throws StoreException {
        if (closing) {
            throw new StoreException(Reason.CLOSED, "the message store is closed; start the broker again");
        }
        long pending = fillingBytes + heldBytes;
        if (writer.failing() && (!urgent || pending + length > 2L * settings.pendingBytes())) {
            throw writer.refusal();
        }
        if (!urgent && pending > settings.pendingBytes()) {
            throw new StoreException(
                    Reason.DISK,
                    "the disk of the message store can't follow: " + settings.pendingBytes()
                            + " bytes aren't stored yet; look after the disk, or slow the publishers down");
        }
    }

    private Segment current(int length) {
        Map.Entry<Integer, Segment> entry = segments.lastEntry();
        if (entry == null) {
            return roll();
        }
        Segment last = entry.getValue();
        if (!last.damaged && last.end + Frames.HEADER + length <= settings.segmentBytes() && last.id == nextId - 1) {
            return last;
        }
        return roll();
    }

    private Segment roll() {
        long salt = random.nextLong();
        int id = nextId++;
        Segment segment = new Segment(id, new LazyFile(disk, Segment.name(id)), new Frames(salt), 0);
        segments.put(id, segment);
        byte[] header = Frames.segmentHeader(id, salt, sequence + 1);
        Block block = block(segment, header.length);
        System.arraycopy(header, 0, block.bytes, block.grow(header.length), header.length);
        advance(block, header.length);
        byte[] first = preamble.get();
        if (first.length > 0) {
            place(segment, first, first.length);
        }
        return segment;
    }

    private Appended place(Segment segment, byte[] body, int length) {
        int size = Frames.HEADER + length;
        Block block = block(segment, size);
        int at = block.grow(size);
        System.arraycopy(body, 0, block.bytes, at + Frames.HEADER, length);
        sequence++;
        segment.frames.seal(block.bytes, at, length, sequence, writer.forced());
        long offset = segment.end + Frames.HEADER;
        advance(block, size);
        return new Appended(sequence, segment, offset);
    }

    private Block block(Segment segment, int more) {
        Block last = filling.peekLast();
        if (last == null || !last.takes(segment, more)) {
            last = new Block(segment, more);
            filling.add(last);
        }
        return last;
    }

    private void advance(Block block, int size) {
        block.lastSequence = sequence;
        block.segment.end += size;
        fillingBytes += size;
        totalBytes += size;
    }

    /** Reads what was appended, from memory or the file; fewer bytes when the segment ends. */
    int read(Segment segment, long offset, byte[] to, int length) throws IOException {
        if (offset + length > segment.written) {
            lock.lock();
            try {
                for (Deque<Block> blocks : List.of(held, filling)) {
                    for (Block block : blocks) {
                        if (block.holds(segment, offset)) {
                            int most = (int) Math.min(length, block.start + block.length - offset);
                            System.arraycopy(block.bytes, (int) (offset - block.start), to, 0, most);
                            return most;
                        }
                    }
                }
            } finally {
                lock.unlock();
            }
        }
        return segment.file.read(ByteBuffer.wrap(to, 0, length), offset);
    }

    /** Deletes a segment whose live frames were copied and forced. */
    void delete(Segment segment) throws IOException {
        disk.delete(Segment.name(segment.id));
        segments.remove(segment.id);
        segment.file.close();
        lock.lock();
        try {
            totalBytes -= segment.end;
        } finally {
            lock.unlock();
        }
    }

    NavigableMap<Integer, Segment> segments() {
        return segments;
    }

    boolean failing() {
        return writer.failing();
    }

    long bytes() {
        return totalBytes;
    }

    long forces() {
        return writer.forces();
    }

    /** Writes and forces what is pending, as long as the time allows; the rest of the receipts fail. */
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            work.signalAll();
        } finally {
            lock.unlock();
        }
        writer.end(Duration.ofSeconds(5));
        for (Segment segment : segments.values()) {
            try {
                segment.file.close();
            } catch (IOException e) {
                // Nothing is pending on it any more.
            }
        }
    }

    /** Waits until there is something to write or the time is over; hands over what there is and whether this is the end. */
    boolean take(List<Block> into, long nanos, boolean busy) {
        lock.lock();
        try {
            for (long left = nanos; filling.isEmpty() && !closing && left > 0; ) {
                left = rest(left);
            }
            for (long left = busy ? settings.commitDelay().toNanos() : 0;
                    left > 0 && fillingBytes < Block.FULL && !closing; ) {
                left = rest(left);
            }
            into.addAll(filling);
            held.addAll(filling);
            heldBytes += fillingBytes;
            filling.clear();
            fillingBytes = 0;
            return closing;
        } finally {
            lock.unlock();
        }
    }

    /** Gives everything that isn't forced once more; readers find it in memory until it is written. */
    void again(List<Block> into) {
        lock.lock();
        try {
            into.clear();
            into.addAll(held);
            held.forEach(block -> block.segment.written = Math.min(block.segment.written, block.start));
        } finally {
            lock.unlock();
        }
    }

    void pause(long nanos) {
        lock.lock();
        try {
            for (long left = nanos; left > 0 && !closing; ) {
                left = rest(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private long rest(long nanos) {
        try {
            return work.awaitNanos(nanos);
        } catch (InterruptedException e) {
            return 0; // Nobody has a reason to interrupt the writer; it looks again and goes on.
        }
    }

    /** Lets go of what is forced and says it to those who wait. */
    void reached(long writtenTo, long forcedTo, Consumer<Receipt> teller) {
        ArrayDeque<Receipt> due = new ArrayDeque<>();
        lock.lock();
        try {
            written.take(writtenTo, due);
            forced.take(forcedTo, due);
            for (Block first = held.peek(); first != null && first.lastSequence <= forcedTo; first = held.peek()) {
                heldBytes -= first.length;
                held.remove();
            }
        } finally {
            lock.unlock();
        }
        due.forEach(teller);
    }

    boolean wantsForce() {
        lock.lock();
        try {
            return !forced.isEmpty() || heldBytes > settings.pendingBytes() / 16;
        } finally {
            lock.unlock();
        }
    }

    /** Says in the log itself what is forced, unless the next frame is about to say it. */
    long note() {
        lock.lock();
        try {
            Segment last = segments.lastEntry().getValue();
            if (!filling.isEmpty() || last.end + Frames.HEADER > settings.segmentBytes()) {
                return -1;
            }
            return place(last, new byte[0], 0).sequence();
        } finally {
            lock.unlock();
        }
    }

    ArrayDeque<Receipt> abandoned() {
        ArrayDeque<Receipt> left = new ArrayDeque<>();
        lock.lock();
        try {
            written.take(Long.MAX_VALUE, left);
            forced.take(Long.MAX_VALUE, left);
        } finally {
            lock.unlock();
        }
        return left;
    }

    /** Receipts in the order of their sequences. */
    private static final class Waiting {
        private record One(long sequence, Receipt receipt) {}

        private final ArrayDeque<One> queue = new ArrayDeque<>();

        void add(long sequence, Receipt receipt) {
            queue.add(new One(sequence, receipt));
        }

        boolean isEmpty() {
            return queue.isEmpty();
        }

        void take(long upTo, ArrayDeque<Receipt> into) {
            for (One first = queue.peek(); first != null && first.sequence <= upTo; first = queue.peek()) {
                into.add(first.receipt);
                queue.poll();
            }
        }
    }
}
