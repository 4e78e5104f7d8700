package io.dinrail.broker.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dinrail.broker.internal.store.StoreException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LogTest {
    private static final LogSettings SMALL =
            new LogSettings(512, 1 << 16, Duration.ZERO, Duration.ofMillis(20), Duration.ofMillis(5));

    private final List<String> found = new ArrayList<>();

    @Test
    void whatWasForcedIsFoundInOrder() throws Exception {
        MemoryDisk disk = written(40);
        assertThat(recovered(disk.afterPowerLoss(new Random(1)))).containsExactlyElementsOf(names(40));
        assertThat(disk.files).hasSizeGreaterThan(2);
    }

    @Test
    void aLogCutAtAnyByteIsReadToItsLastWholeFrameAndGoesOnFromThere() throws Exception {
        MemoryDisk whole = written(12);
        String last = whole.names().get(whole.names().size() - 1);
        int size = whole.files.get(last).now.length;
        for (int cut = 0; cut <= size; cut++) {
            MemoryDisk disk = whole.afterKill();
            disk.put(last, Arrays.copyOf(whole.files.get(last).now, cut));
            List<String> before = recovered(disk);
            assertThat(before).as("cut at %d", cut).isEqualTo(names(12).subList(0, before.size()));
            append(disk, "more");
            assertThat(recovered(disk))
                    .as("cut at %d", cut)
                    .hasSize(before.size() + 1)
                    .endsWith("more");
        }
    }

    @Test
    void aFlippedBitCostsTheFrameItStandsInAndNothingElse() throws Exception {
        MemoryDisk whole = written(12);
        for (String name : whole.names()) {
            for (int at = 0; at < whole.files.get(name).now.length; at++) {
                MemoryDisk disk = whole.afterKill();
                disk.files.get(name).now[at] ^= (byte) (1 << at % 8);
                List<String> left = recovered(disk);
                assertThat(left).as("%s at %d", name, at).isSubsetOf(names(12)).hasSizeGreaterThanOrEqualTo(11);
                assertThat(left).isSorted();
                assertThat(recovered(disk)).isEqualTo(left);
                assertThat(left.size() == 12 || !disk.aside.isEmpty())
                        .as("%s at %d is reported", name, at)
                        .isTrue();
            }
        }
    }

    /** All frames of a segment are forced before the next is begun, also those that don't say so. */
    @Test
    void whatWasServedBehindDamageIsServedAfterTheNextStartToo() throws Exception {
        MemoryDisk disk = new MemoryDisk();
        byte[] header = Frames.segmentHeader(0, 7, 1);
        byte[] bytes = Arrays.copyOf(header, header.length + 3 * (Frames.HEADER + 1));
        for (int i = 0; i < 3; i++) {
            int at = header.length + i * (Frames.HEADER + 1);
            bytes[at + Frames.HEADER] = (byte) ('a' + i);
            new Frames(7).seal(bytes, at, 1, i + 1, 0);
        }
        bytes[header.length + Frames.HEADER + 1 + Frames.HEADER] ^= 1;
        for (int begun : new int[] {0, 20, Frames.SEGMENT_HEADER / 2 - 1}) {
            disk.put(Segment.name(0), bytes.clone());
            disk.put(Segment.name(1), Arrays.copyOf(Frames.segmentHeader(1, 8, 4), begun));
            assertThat(recovered(disk)).as("begun with %d bytes", begun).containsExactly("a", "c");
            assertThat(recovered(disk)).as("begun with %d bytes", begun).containsExactly("a", "c");
        }
    }

    @Test
    void aSegmentThatWasOnlyBegunIsNotGoneOnWithForItLacksItsFirstFrame() throws Exception {
        for (int begun : new int[] {0, 20, Frames.SEGMENT_HEADER}) {
            MemoryDisk disk = written(3);
            int next = Segment.id(disk.names().get(disk.names().size() - 1)) + 1;
            disk.put(Segment.name(next), Arrays.copyOf(Frames.segmentHeader(next, 8, 4), begun));
            recovered(disk);
            byte[] first = "first".getBytes(StandardCharsets.ISO_8859_1);
            try (Log log = Log.open(disk, SMALL, () -> first, new Recovery(disk, this::visit))) {
                forced(log, "more").get();
            }
            assertThat(recovered(disk)).as("begun with %d bytes", begun).endsWith("first", "more");
        }
    }

    @Test
    void damageIsReportedAsNewOnceOnly() throws Exception {
        MemoryDisk disk = written(12);
        disk.files.get(disk.names().get(0)).now[130] ^= 1;
        assertThat(report(disk)).satisfies(first -> {
            assertThat(first.damages()).isEqualTo(1);
            assertThat(first.newDamages()).isEqualTo(1);
            assertThat(first.lostFrames()).isEqualTo(1);
        });
        assertThat(report(disk).newDamages()).isZero();
    }

    @Test
    void aPayloadThatLooksLikeAFrameIsNotTakenForOne() throws Exception {
        MemoryDisk other = new MemoryDisk();
        append(other, "forged");
        byte[] forged = other.files.get(other.names().get(0)).now;
        MemoryDisk disk = new MemoryDisk();
        append(disk, new String(forged, StandardCharsets.ISO_8859_1), "x");
        disk.files.get(disk.names().get(0)).now[Frames.SEGMENT_HEADER + 5] ^= 1;
        assertThat(recovered(disk)).containsExactly("x");
    }

    @Test
    void aPowerLossAtAnyMomentLeavesAPrefixWithAllThatWasAcknowledged() throws Exception {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            MemoryDisk disk = new MemoryDisk();
            AtomicInteger acknowledged = new AtomicInteger();
            int surely;
            MemoryDisk after;
            try (Log log = open(disk)) {
                for (int i = 0; i < 30 + random.nextInt(30); i++) {
                    append(log, names(100).get(i), random.nextInt(3) > 0, acknowledged, i);
                    Thread.yield();
                }
                surely = acknowledged.get();
                after = disk.afterPowerLoss(random);
            }
            List<String> left = recovered(after);
            assertThat(left).as("seed %d", seed).isEqualTo(names(100).subList(0, left.size()));
            assertThat(left.size()).as("seed %d", seed).isGreaterThanOrEqualTo(surely);
        }
    }

    @Test
    void aForceThatFailedIsNotBelievedWhenItSucceedsTheNextTime() throws Exception {
        MemoryDisk disk = new MemoryDisk();
        try (Log log = open(disk)) {
            disk.failingForces = 2;
            CompletableFuture<Void> done = forced(log, "a");
            done.get();
            assertThat(recovered(disk.afterPowerLoss(new Random(3)))).containsExactly("a");
        }
    }

    @Test
    void aFullDiskRefusesAndGoesOnWhenThereIsSpaceAgain() throws Exception {
        MemoryDisk disk = new MemoryDisk();
        try (Log log = open(disk)) {
            forced(log, "a").get();
            disk.quota = disk.used() + 10;
            CompletableFuture<Void> waiting = forced(log, "b");
            await().until(log::failing);
            assertThatThrownBy(() -> forced(log, "c"))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DISK));
            assertThat(waiting).isNotDone();
            disk.quota = Long.MAX_VALUE;
            waiting.get();
            await().until(() -> !log.failing());
            forced(log, "d").get();
        }
        assertThat(recovered(disk)).containsExactly("a", "b", "d");
    }

    @Test
    void whatIsStillInMemoryCanBeRead() throws Exception {
        MemoryDisk disk = new MemoryDisk();
        try (Log log = open(disk)) {
            disk.quota = 0;
            byte[] body = "held".getBytes(StandardCharsets.ISO_8859_1);
            Log.Appended at = log.append(body, body.length, true, Durability.FORCED, Receipt.NONE);
            byte[] read = new byte[4];
            assertThat(log.read(at.segment(), at.offset(), read, 4)).isEqualTo(4);
            assertThat(read).isEqualTo(body);
            disk.quota = Long.MAX_VALUE;
        }
    }

    private static List<String> names(int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(String.format("%03d %s", i, "x".repeat(i * 7 % 50)));
        }
        return names;
    }

    private MemoryDisk written(int count) throws Exception {
        MemoryDisk disk = new MemoryDisk();
        append(disk, names(count).toArray(new String[0]));
        return disk.afterKill();
    }

    private void append(MemoryDisk disk, String... bodies) throws Exception {
        try (Log log = open(disk)) {
            for (String body : bodies) {
                forced(log, body).get();
            }
        }
    }

    private static CompletableFuture<Void> forced(Log log, String body) throws StoreException {
        CompletableFuture<Void> done = new CompletableFuture<>();
        byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
        log.append(bytes, bytes.length, false, Durability.FORCED, new Receipt() {
            @Override
            public void stored() {
                done.complete(null);
            }

            @Override
            public void failed(StoreException why) {
                done.completeExceptionally(why);
            }
        });
        return done;
    }

    private static void append(Log log, String body, boolean force, AtomicInteger acknowledged, int index)
            throws StoreException {
        byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
        Receipt receipt = new Receipt() {
            @Override
            public void stored() {
                acknowledged.set(index + 1);
            }

            @Override
            public void failed(StoreException why) {}
        };
        log.append(bytes, bytes.length, false, Durability.FORCED, force ? receipt : Receipt.NONE);
    }

    private Log open(MemoryDisk disk) throws IOException {
        return Log.open(disk, SMALL, () -> new byte[0], new Recovery(disk, this::visit));
    }

    private void visit(Segment segment, long offset, byte[] bytes, int from, int length) {
        if (length > 0) {
            found.add(new String(bytes, from, length, StandardCharsets.ISO_8859_1));
        }
    }

    private List<String> recovered(MemoryDisk disk) throws IOException {
        found.clear();
        new Recovery(disk, this::visit).run();
        return List.copyOf(found);
    }

    private RecoveryReport report(MemoryDisk disk) throws IOException {
        Recovery recovery = new Recovery(disk, this::visit);
        recovery.run();
        return recovery.report(Duration.ZERO);
    }
}
