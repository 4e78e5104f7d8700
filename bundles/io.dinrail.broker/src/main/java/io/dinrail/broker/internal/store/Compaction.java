package io.dinrail.broker.internal.store;

import io.dinrail.broker.internal.store.StoreException.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies what lives in the emptiest segment to the head of the log and deletes the segment. */
final class Compaction implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);
    private static final int CHUNK = 1 << 16;
    private static final int MANY_GRAVES = 100_000;
    private static final double URGENT = 0.8;

    private final MessageStore store;
    private final State state;
    private final Log log;
    private final StoreSettings settings;
    private final Thread thread = new Thread(this::run, "dinrail-broker-compaction");
    private final Bytes out = new Bytes();
    private volatile boolean closed;
    private volatile long copied;
    private volatile long freed;

    Compaction(MessageStore store, State state, Log log, StoreSettings settings) {
        this.store = store;
        this.state = state;
        this.log = log;
        this.settings = settings;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    long copied() {
        return copied;
    }

    long freed() {
        return freed;
    }

    private void run() {
        while (!closed) {
            try {
                if (!step()) {
                    pause();
                }
            } catch (IOException | StoreException e) {
                if (!closed) {
                    LOG.warn("compaction of the message store waits: {}", e.toString());
                    pause();
                }
            } catch (RuntimeException e) {
                LOG.error("compaction of the message store failed; it tries again, nothing is lost", e);
                out.length = 0;
                pause();
            }
        }
    }

    private synchronized void pause() {
        try {
            if (!closed) {
                wait(Math.max(1, settings.pause().toMillis()));
            }
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            thread.join(Duration.ofSeconds(2).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Compacts one segment; answers whether there was one worth it. */
    boolean step() throws IOException, StoreException {
        Optional<Segment> victim;
        synchronized (store) {
            victim = victim();
        }
        if (victim.isPresent()) {
            compact(victim.get());
        }
        return victim.isPresent();
    }

    private Optional<Segment> victim() {
        Map.Entry<Integer, Segment> active = log.segments().lastEntry();
        if (active == null) {
            return Optional.empty();
        }
        var full = log.segments().headMap(active.getKey()).values().stream().filter(s -> s.written == s.end);
        if (state.graves.size() > MANY_GRAVES) {
            return full.min(Comparator.comparingInt(segment -> segment.id));
        }
        boolean urgent = log.bytes() > URGENT * settings.maxBytes();
        double most = urgent ? Math.max(URGENT, settings.fullness()) : settings.fullness();
        return full.filter(segment -> segment.damaged || segment.live < most * segment.end)
                .min(Comparator.comparingDouble(segment -> segment.damaged ? -1 : (double) segment.live / segment.end));
    }

    private void compact(Segment victim) throws IOException, StoreException {
        SegmentScan scan = new SegmentScan(victim.file, victim.frames, victim.end);
        Set<Long> touched = new LinkedHashSet<>();
        long at = scan.next(Frames.SEGMENT_HEADER);
        while (at < victim.end && !closed) {
            long began = System.nanoTime();
            CompletableFuture<Boolean> written;
            synchronized (store) {
                at = copy(victim, at, scan, touched);
                written = flush(Durability.WRITTEN);
            }
            giveWay(began, written);
        }
        Iterator<Long> sessions = touched.iterator();
        while (sessions.hasNext() && !closed) {
            long began = System.nanoTime();
            CompletableFuture<Boolean> written;
            synchronized (store) {
                snapshot(victim, sessions);
                written = flush(Durability.WRITTEN);
            }
            giveWay(began, written);
        }
        settle(victim);
    }

    /** The lanes have the lock and the disk for as long as this had them, so that nobody's message waits for more than a chunk. */
    private void giveWay(long began, CompletableFuture<Boolean> written) throws StoreException {
        wait(written);
        LockSupport.parkNanos(System.nanoTime() - began);
    }

    /** Judges and appends under one lock, or a copy could follow what killed it. Answers where to go on. */
    private long copy(Segment victim, long from, SegmentScan scan, Set<Long> touched)
            throws IOException, StoreException {
        long at = from;
        while (at < victim.end && at - from < CHUNK) {
            try {
                copyFrame(victim, at + Frames.HEADER, scan, touched);
            } catch (IllegalArgumentException e) {
                LOG.debug("a frame at {} of {} is left behind, as at the start", at, Segment.name(victim.id), e);
            }
            at = scan.next(at + scan.frameLength());
        }
        return at;
    }

    private void copyFrame(Segment victim, long body, SegmentScan scan, Set<Long> touched) {
        Cursor in = new Cursor(scan.bytes(), scan.body(), scan.bodyLength());
        while (in.step()) {
            if (lives(victim, body + in.start() - scan.body(), in, touched)) {
                out.raw(in.array, in.start(), in.size());
            }
        }
    }

    private boolean lives(Segment victim, long offset, Cursor in, Set<Long> touched) {
        switch (in.kind()) {
            case Kind.MESSAGE:
                long id = in.varint();
                long position = state.messages.position(id);
                return position != 0
                        && Position.segment(position) == victim.id
                        && Position.offset(position) == offset
                        && state.messages.references(id) > 0;
            case Kind.ENQUEUE:
                Session session = state.sessions.get(in.varint());
                return session != null && session.queue.has(in.varint());
            case Kind.REMOVE, Kind.MARK, Kind.RECEIVED, Kind.RELEASED, Kind.QUEUE:
                touched.add(in.varint());
                return false;
            case Kind.SESSION:
                Session known = state.sessions.get(in.varint());
                return known != null && known.dataSegment == victim.id && isNewest(known, in);
            case Kind.RETAIN:
                State.Retained retained = state.retained.get(in.text());
                return retained != null && retained.message() == in.varint() && retained.segment() == victim.id;
            case Kind.END:
                return grave(victim, in.varint(), in, Kind.END);
            case Kind.CLEAR:
                return grave(victim, in.text(), in, Kind.CLEAR);
            default:
                return false;
        }
    }

    /** A grave stays as long as a segment from before it does; then nothing is left that it must keep dead. */
    private boolean grave(Segment victim, Object key, Cursor in, byte kind) {
        int born = in.more() ? (int) in.varint() : victim.id;
        Integer known = state.graves.get(key);
        if (known == null || known != born) {
            return false;
        }
        Integer oldest = log.segments().firstKey();
        Integer left = oldest == victim.id ? log.segments().higherKey(oldest) : oldest;
        if (left != null && left > born) {
            state.graves.remove(key);
            return false;
        }
        out.begin(kind);
        if (key instanceof String topic) {
            out.text(topic);
        } else {
            out.varint((Long) key);
        }
        out.varint(born).end();
        return false;
    }

    private static boolean isNewest(Session session, Cursor in) {
        return session.client.equals(in.text()) && Arrays.equals(session.data, in.rest());
    }

    private void snapshot(Segment victim, Iterator<Long> sessions) throws StoreException {
        while (sessions.hasNext() && out.length < CHUNK) {
            Session session = state.sessions.get(sessions.next());
            if (session != null && session.queueSegment <= victim.id) {
                session.encodeQueue(out);
            }
        }
    }

    /** Called with the store's lock held. */
    private CompletableFuture<Boolean> flush(Durability durability) throws StoreException {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        try {
            if (out.length == 0 && durability == Durability.WRITTEN) {
                done.complete(true);
            } else {
                store.append(out, true, durability, telling(done));
                copied += out.length;
            }
        } finally {
            out.length = 0;
        }
        return done;
    }

    private static Receipt telling(CompletableFuture<Boolean> done) {
        return new Receipt() {
            @Override
            public void stored() {
                done.complete(true);
            }

            @Override
            public void failed(StoreException why) {
                done.complete(false);
            }
        };
    }

    /** Also what was removed must be forced before what it removed is gone, or a restart would miss it and call it lost. */
    private void settle(Segment victim) throws IOException, StoreException {
        CompletableFuture<Boolean> forced;
        synchronized (store) {
            forced = flush(Durability.FORCED);
        }
        if (wait(forced)) {
            log.delete(victim);
            freed += victim.end;
        }
    }

    private boolean wait(CompletableFuture<Boolean> forced) throws StoreException {
        while (!closed) {
            try {
                return forced.get(100, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // The disk refuses or is slow; look whether the store was closed.
            } catch (InterruptedException | ExecutionException e) {
                throw new StoreException(Reason.CLOSED, "compaction was interrupted", e);
            }
        }
        return false;
    }
}
