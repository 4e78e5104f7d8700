package io.dinrail.broker.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A small log that is damaged in several places at once: each four bytes of the input say which segment, what is done, and where. Recovery always comes to
 * an end, finds frames of the log in their order and nothing else, all of them that stand untouched in a finished segment, and finds the same the next time.
 */
final class RecoveryFuzzTest {
    private static final int SEGMENTS = 3;
    private static final int FRAMES = 4;
    private static final int SECTOR = 64;
    private static final int EDIT = 4;

    /** A log as it would be on the disk; salts are fixed so that an input means the same every time. */
    private final MemoryDisk disk = new MemoryDisk();

    /** Frames that are cut off whole leave no trace behind the last one. */
    private boolean cut;

    private final boolean[] headerTouched = new boolean[SEGMENTS];
    private final Set<String> untouched = new TreeSet<>();
    private final List<String> found = new ArrayList<>();

    @FuzzTest(maxDuration = "2m")
    void whatIsNotDamagedIsFound(byte[] input) throws IOException {
        write();
        for (int at = 0; at + EDIT <= input.length; at += EDIT) {
            damage(input[at] & 0xFF, (input[at + 1] & 0xFF) << 8 | input[at + 2] & 0xFF, input[at + 3]);
        }
        List<String> before = names(SEGMENTS);
        RecoveryReport report = recover();
        List<String> first = List.copyOf(found);
        assertThat(first).isSubsetOf(before).isSorted().doesNotHaveDuplicates();
        assertThat(first).containsAll(mustBeFound());
        assertThat(cut || first.size() == before.size() || report.damages() > 0 || report.tornBytes() > 0)
                .as("what is missing is reported")
                .isTrue();
        RecoveryReport again = recover();
        assertThat(found).isEqualTo(first);
        assertThat(again.newDamages()).isZero();
    }

    private void write() {
        for (int id = 0; id < SEGMENTS; id++) {
            long first = 1 + (long) id * FRAMES;
            Frames frames = new Frames(salt(id));
            byte[] bytes = Frames.segmentHeader(id, salt(id), first);
            for (String name : names(id, id + 1)) {
                byte[] body = name.getBytes(StandardCharsets.ISO_8859_1);
                int at = bytes.length;
                bytes = Arrays.copyOf(bytes, at + Frames.HEADER + body.length);
                System.arraycopy(body, 0, bytes, at + Frames.HEADER, body.length);
                frames.seal(bytes, at, body.length, first, (long) id * FRAMES);
                first++;
            }
            disk.put(Segment.name(id), bytes);
            untouched.addAll(names(id, id + 1));
        }
    }

    private static long salt(int id) {
        return 0x5A17_0000_1234_5678L + id;
    }

    private static List<String> names(int segments) {
        return names(0, segments);
    }

    private static List<String> names(int from, int to) {
        List<String> names = new ArrayList<>();
        for (int i = from * FRAMES; i < to * FRAMES; i++) {
            names.add("frame" + (char) ('a' + i) + "-".repeat(i * 5 % 23));
        }
        return names;
    }

    private void damage(int what, int where, byte value) {
        int id = what % SEGMENTS;
        byte[] bytes = disk.files.get(Segment.name(id)).now;
        if (bytes.length > 0) {
            int at = where % bytes.length;
            byte[] after = changed(bytes, at, what / SEGMENTS % 4, value);
            cut |= after.length < bytes.length;
            touched(id, bytes, after);
            disk.put(Segment.name(id), after);
        }
    }

    private static byte[] changed(byte[] bytes, int at, int how, byte value) {
        byte[] after = Arrays.copyOf(bytes, how == 0 ? at : bytes.length);
        if (how == 1) {
            after[at] = value;
        } else if (how == 2) {
            after[at] ^= value;
        } else if (how == 3) {
            int sector = at / SECTOR * SECTOR;
            Arrays.fill(after, sector, Math.min(sector + SECTOR, after.length), (byte) 0);
        }
        return after;
    }

    private void touched(int id, byte[] before, byte[] after) {
        int at = Frames.SEGMENT_HEADER;
        headerTouched[id] |= !Arrays.equals(Arrays.copyOf(before, at), Arrays.copyOf(after, at)) || after.length < at;
        for (String name : names(id, id + 1)) {
            int end = at + Frames.HEADER + name.length();
            boolean whole = end <= after.length && end <= before.length;
            if (!whole || !Arrays.equals(before, at, end, after, at, end)) {
                untouched.remove(name);
            }
            at = end;
        }
    }

    /** The last segment may be cut at its first gap; without a header nothing can be told from a payload. */
    private List<String> mustBeFound() {
        List<String> must = new ArrayList<>();
        for (int id = 0; id < SEGMENTS - 1; id++) {
            if (!headerTouched[id]) {
                names(id, id + 1).stream().filter(untouched::contains).forEach(must::add);
            }
        }
        return must;
    }

    private RecoveryReport recover() throws IOException {
        found.clear();
        Recovery recovery = new Recovery(disk, this::visit);
        recovery.run();
        return recovery.report(Duration.ZERO);
    }

    private void visit(Segment segment, long offset, byte[] bytes, int from, int length) {
        found.add(new String(bytes, from, length, StandardCharsets.ISO_8859_1));
    }
}
