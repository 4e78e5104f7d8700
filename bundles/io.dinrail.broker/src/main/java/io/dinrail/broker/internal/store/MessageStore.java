package io.dinrail.broker.internal.store;

import io.dinrail.broker.internal.store.StoreException.Reason;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages, queues, sessions and retained messages that survive. Safe for many threads; reads see a batch as soon as it is committed, also before its
 * receipt, so what must not be said before it is stored waits for the receipt.
 */
public final class MessageStore implements AutoCloseable {
    /** One place in a queue; a mark is -1 when there is none. */
    public record Entry(long order, long message, byte[] options, long mark) {}

    /** What survived of a session. */
    public record SessionView(long number, String client, byte[] data, long queued, int[] received) {}

    public record Usage(
            long bytes, long maxBytes, long messages, long messageBytes, int sessions, int retained, int segments) {}

    private static final Logger LOG = LoggerFactory.getLogger(MessageStore.class);
    private static final long MOST = 400 << 20;

    private final StoreSettings settings;
    private final State state;
    private final Log log;
    private final Bytes draft = new Bytes();
    private final RecoveryReport recovered;
    private final Compaction compaction;

    private MessageStore(Disk disk, StoreSettings settings) throws IOException {
        long start = System.nanoTime();
        Recovery recovery = new Recovery(disk, this::found);
        this.settings = settings;
        this.state = new State(recovery::segment);
        this.log = Log.open(disk, settings.log(), this::counters, recovery);
        long lost = state.recovered();
        this.recovered = recovery.report(Duration.ZERO).with(lost, Duration.ofNanos(System.nanoTime() - start));
        this.compaction = new Compaction(this, state, log, settings);
    }

    /** Recovers what is there; compaction begins with {@link #start}. */
    public static MessageStore open(Disk disk, StoreSettings settings) throws IOException {
        return new MessageStore(disk, settings);
    }

    public void start() {
        compaction.start();
    }

    public RecoveryReport recovered() {
        return recovered;
    }

    public long newMessage() {
        return state.nextMessage.getAndIncrement();
    }

    public synchronized long newSession() {
        return state.nextSession++;
    }

    /**
     * Stores a batch whole; a batch that removes is taken as long as memory allows, also when the store is full.
     *
     * @return the order of each entry, as enqueued; -1 for a session or message that is gone.
     * @throws StoreException FULL, DISK or CLOSED: nothing of it was stored, and the receipt isn't told.
     */
    public synchronized long[] commit(Batch batch, Durability durability, Receipt receipt) throws StoreException {
        if (batch.size > MOST) {
            throw new IllegalArgumentException("a batch of " + batch.size + " bytes; split it below " + MOST);
        }
        if (batch.grows && log.bytes() + batch.size > settings.maxBytes()) {
            throw new StoreException(
                    Reason.FULL,
                    "the message store holds its " + settings.maxBytes() + " bytes; drain or end sessions");
        }
        draft.length = 0;
        long[] orders = new Draft(state, draft).encode(batch);
        append(draft, !batch.grows, durability, receipt);
        if (draft.array.length > Block.FULL) {
            draft.array = new byte[Block.FULL];
        }
        return orders;
    }

    /** Called with the lock held. */
    void append(Bytes body, boolean urgent, Durability durability, Receipt receipt) throws StoreException {
        Log.Appended at = log.append(body.array, body.length, urgent, durability, receipt);
        state.apply(at.segment(), at.offset(), body.array, 0, body.length);
    }

    /** The content of a message that something refers to; empty when nothing does any more. Reads the disk. */
    public Optional<byte[]> read(long message) throws StoreException {
        long position = position(message);
        while (position != 0) {
            Segment segment = log.segments().get(Position.segment(position));
            try {
                if (segment != null) {
                    return Optional.of(content(message, segment, position));
                }
            } catch (ClosedChannelException e) {
                LOG.debug("message {} is being moved", message, e);
            } catch (IOException e) {
                throw new StoreException(Reason.DISK, "message " + message + " can't be read; look after the disk", e);
            }
            long now = position(message);
            if (now == position) {
                throw new StoreException(Reason.CLOSED, "the message store is closed");
            }
            position = now; // Compaction has moved it meanwhile.
        }
        return Optional.empty();
    }

    private synchronized long position(long message) {
        return state.messages.references(message) == 0 ? 0 : state.messages.position(message);
    }

    private byte[] content(long message, Segment segment, long position) throws IOException, StoreException {
        byte[] bytes = new byte[Position.size(position)];
        int length = log.read(segment, Position.offset(position), bytes, bytes.length);
        Cursor record = new Cursor(bytes, 0, Math.max(0, length));
        try {
            if (record.step() && record.kind() == Kind.MESSAGE && record.varint() == message) {
                int crc = record.int32();
                if (crc == Frames.crc(bytes, record.position(), record.left())) {
                    return record.rest();
                }
            }
        } catch (IllegalArgumentException e) {
            LOG.debug("message {}", message, e);
        }
        throw new StoreException(Reason.DAMAGED, "message " + message + " is damaged on the disk; it is dropped");
    }

    /** The next entries at or behind an order, at most so many. */
    public synchronized List<Entry> queue(long session, long from, int most) {
        Session known = state.sessions.get(session);
        List<Entry> entries = new ArrayList<>();
        if (known == null) {
            return entries;
        }
        for (long order = known.queue.atOrBehind(from);
                order >= 0 && entries.size() < most;
                order = known.queue.atOrBehind(order + 1)) {
            entries.add(new Entry(
                    order,
                    known.queue.message(order),
                    known.queue.options(order),
                    known.marks.getOrDefault(order, -1L)));
        }
        return entries;
    }

    public synchronized long queued(long session) {
        Session known = state.sessions.get(session);
        return known == null ? 0 : known.queue.count();
    }
    /** The order that the next entry of a session will have: orders are never used twice. */
    public synchronized long next(long session) {
        Session known = state.sessions.get(session);
        return known == null ? 0 : known.queue.next();
    }

    public synchronized List<SessionView> sessions() {
        return state.sessions.values().stream()
                .map(session -> new SessionView(
                        session.number,
                        session.client,
                        session.data,
                        session.queue.count(),
                        session.received.stream().toArray()))
                .toList();
    }

    public synchronized void retained(BiConsumer<String, Long> visitor) {
        state.retained.forEach((topic, retained) -> visitor.accept(topic, retained.message()));
    }

    public synchronized Usage usage() {
        return new Usage(
                log.bytes(),
                settings.maxBytes(),
                state.messages.size(),
                state.messageBytes,
                state.sessions.size(),
                state.retained.size(),
                log.segments().size());
    }

    /** Whether the disk refuses to be written at this moment. */
    public boolean failing() {
        return log.failing();
    }

    Log log() {
        return log;
    }

    Compaction compaction() {
        return compaction;
    }

    @Override
    public void close() {
        compaction.close();
        log.close();
    }

    private void found(Segment segment, long offset, byte[] bytes, int from, int length) {
        state.apply(segment, offset, bytes, from, length);
    }

    /** Called by the log as it begins a segment, which only {@link #append} makes it do. */
    private byte[] counters() {
        Bytes counters = new Bytes();
        counters.begin(Kind.COUNTERS).varint(state.nextMessage.get()).varint(state.nextSession);
        counters.end();
        return Arrays.copyOf(counters.array, counters.length);
    }
}
