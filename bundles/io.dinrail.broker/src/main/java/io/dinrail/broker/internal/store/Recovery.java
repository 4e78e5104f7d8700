package io.dinrail.broker.internal.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a log from its first segment to its last; may be cut short at any moment and begun anew. */
final class Recovery {
    /** Given every whole frame in order; the bytes are the reader's and valid only during the call. */
    interface Visitor {
        void frame(Segment segment, long bodyOffset, byte[] bytes, int from, int length);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final Disk disk;
    private final Visitor visitor;
    private final ConcurrentNavigableMap<Integer, Segment> segments = new ConcurrentSkipListMap<>();
    private long lastSequence;
    private long frames;
    private long tornBytes;
    private int damages;
    private int newDamages;
    private long lostFrames;
    private int previousId = -1;
    private int highestId;

    Recovery(Disk disk, Visitor visitor) {
        this.disk = disk;
        this.visitor = visitor;
    }

    ConcurrentNavigableMap<Integer, Segment> run() throws IOException {
        List<Integer> ids = disk.names().stream()
                .filter(Segment::isName)
                .map(Segment::id)
                .sorted()
                .toList();
        for (int i = 0; i < ids.size(); i++) {
            highestId = ids.get(i);
            read(ids.get(i), i == ids.size() - 1);
        }
        return segments;
    }

    /** The segment of this id; the log goes on with the same map. */
    @Nullable
    Segment segment(int id) {
        return segments.get(id);
    }

    long lastSequence() {
        return lastSequence;
    }

    /** The highest id that was ever seen, also of a segment that can't be read. */
    int highestId() {
        return highestId;
    }

    RecoveryReport report(Duration took) {
        return new RecoveryReport(frames, tornBytes, damages, newDamages, lostFrames, 0, took);
    }

    private void read(int id, boolean last) throws IOException {
        Disk.File file = disk.open(Segment.name(id));
        long size = file.size();
        byte[] header = new byte[Frames.SEGMENT_HEADER];
        int copy = Frames.wholeCopy(header, file.read(ByteBuffer.wrap(header), 0), id);
        if (copy < 0) {
            drop(id, file, size, last);
            return;
        }
        Frames frames = new Frames(Frames.salt(header, copy));
        follow(id, Frames.firstSequence(header, copy));
        long end = last ? tear(file, frames, size) : size;
        if (end < size) {
            tornBytes += size - end;
            file.truncate(end);
        }
        int before = damages;
        Segment segment = new Segment(id, file, frames, end);
        segments.put(id, segment);
        visit(segment, end);
        // One that was only begun lacks the frame that each begins with.
        segment.damaged = damages > before || end == Frames.SEGMENT_HEADER;
        if (last) {
            // What a killed process left to the operating system is served from now on: it must be as durable as the
            // rest.
            file.force();
        }
        previousId = id;
    }

    /** Compaction takes segments out of the middle, so only neighbours show that the end of one is missing. */
    private void follow(int id, long firstSequence) {
        if (id == previousId + 1 && previousId >= 0 && firstSequence > lastSequence + 1) {
            lostFrames += firstSequence - lastSequence - 1;
            damages++;
        }
        lastSequence = Math.max(lastSequence, firstSequence - 1);
    }

    /** Without a header nothing in it can be told from a payload. The last one may just have been begun. */
    private void drop(int id, Disk.File file, long size, boolean last) throws IOException {
        if (last && size <= Frames.SEGMENT_HEADER) {
            tornBytes += size;
        } else {
            damage(id, file, 0, size);
        }
        if (!last || !isBegunAnew(id, file)) {
            file.close();
            disk.delete(Segment.name(id));
        }
    }

    /** That it was begun says that the one before is whole: were it forgotten, the next start could take damage there for a tear, and cut off what is served now. */
    private boolean isBegunAnew(int id, Disk.File file) {
        long salt = new SecureRandom().nextLong();
        try {
            file.truncate(0);
            file.write(ByteBuffer.wrap(Frames.segmentHeader(id, salt, lastSequence + 1)), 0);
            file.force();
        } catch (IOException e) {
            // A full disk must not keep the rest from being served.
            LOG.warn("{} can't be begun anew: {}", Segment.name(id), e.toString());
            return false;
        }
        Segment segment = new Segment(id, file, new Frames(salt), Frames.SEGMENT_HEADER);
        segment.damaged = true;
        segments.put(id, segment);
        return true;
    }

    /** Where the log ends: behind the last whole frame, or at the first gap in what was never known to be forced. */
    private long tear(Disk.File file, Frames frames, long size) throws IOException {
        SegmentScan scan = new SegmentScan(file, frames, size);
        long forced = 0;
        long end = Frames.SEGMENT_HEADER;
        for (long at = scan.next(end); at < size; at = scan.next(at + scan.frameLength())) {
            forced = Math.max(forced, scan.forced());
            end = at + scan.frameLength();
        }
        long expected = lastSequence;
        for (long at = Frames.SEGMENT_HEADER; at < end; at += scan.frameLength()) {
            if (!scan.at(at)) {
                if (forced <= expected) {
                    return at;
                }
                at = scan.next(at + 1);
            }
            expected = scan.sequence();
        }
        return end;
    }

    private void visit(Segment segment, long end) throws IOException {
        SegmentScan scan = new SegmentScan(segment.file, segment.frames, end);
        for (long at = Frames.SEGMENT_HEADER; at < end; at += scan.frameLength()) {
            boolean gap = !scan.at(at);
            if (gap) {
                long next = scan.next(at + 1);
                damage(segment.id, segment.file, at, next);
                if (next >= end) {
                    return;
                }
                at = next;
            }
            lostFrames += gap ? Math.max(0, scan.sequence() - lastSequence - 1) : 0;
            lastSequence = Math.max(lastSequence, scan.sequence());
            frames++;
            tell(segment, at, scan);
        }
    }

    /** A frame that is whole and says what can't be must not keep the rest from being served. */
    private void tell(Segment segment, long at, SegmentScan scan) throws IOException {
        try {
            visitor.frame(segment, at + Frames.HEADER, scan.bytes(), scan.body(), scan.bodyLength());
        } catch (RuntimeException e) {
            LOG.error(
                    "a whole frame at {} of {} can't be understood: it is set aside, the rest is served",
                    at,
                    Segment.name(segment.id),
                    e);
            lostFrames++;
            damage(segment.id, segment.file, at, at + scan.frameLength());
        }
    }

    private void damage(int id, Disk.File file, long from, long to) throws IOException {
        damages++;
        ByteBuffer bytes = ByteBuffer.allocate((int) (to - from));
        file.read(bytes, from);
        try {
            newDamages +=
                    disk.setAside(String.format(Locale.ROOT, "%016x-%d-%d.bin", id, from, to), bytes.array()) ? 1 : 0;
        } catch (IOException e) {
            // A full disk must not keep the rest from being served.
            LOG.error("damaged bytes {} to {} of {} can't be set aside: {}", from, to, Segment.name(id), e.toString());
            newDamages++;
        }
    }
}
