package io.dinrail.broker.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dinrail.broker.internal.store.StoreException.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageStoreTest {
    private static final byte[] QOS_1 = {1};
    private static final StoreSettings SMALL = new StoreSettings(
            new LogSettings(4096, 1 << 20, Duration.ZERO, Duration.ofMillis(5), Duration.ofMillis(5)),
            64 << 10,
            0.5,
            Duration.ofMillis(1));

    private final MemoryDisk disk = new MemoryDisk();

    @Test
    void aMessageToManySessionsIsStoredOnce() throws Exception {
        try (MessageStore store = MessageStore.open(disk, SMALL)) {
            Batch batch = new Batch().message(store.newMessage(), new byte[1000]);
            for (long session = 1; session <= 20; session++) {
                begin(store, session);
                batch.enqueue(session, 1, QOS_1);
            }
            commit(store, batch);
            assertThat(store.usage().messages()).isEqualTo(1);
            assertThat(disk.used()).isLessThan(3000);
        }
    }

    @Test
    void aMessageThatNobodyGetsIsNotStored() throws Exception {
        try (MessageStore store = MessageStore.open(disk, SMALL)) {
            long[] orders = commit(
                    store, new Batch().message(store.newMessage(), new byte[9]).enqueue(77, 1, QOS_1));
            assertThat(orders).containsExactly(-1);
            assertThat(store.usage().messages()).isZero();
            assertThat(store.read(1)).isEmpty();
        }
    }

    @Test
    void aFullStoreRefusesWhatGrowsAndTakesItAgainWhenQueuesWereDrained() throws Exception {
        try (MessageStore store = MessageStore.open(disk, SMALL)) {
            begin(store, 1);
            assertThatThrownBy(() -> fill(store, 1000))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.FULL));
            long queued = store.queued(1);
            assertThat(queued).isGreaterThan(200);
            for (MessageStore.Entry entry : store.queue(1, 0, (int) queued)) {
                commit(store, new Batch().remove(1, entry.order()));
            }
            store.start();
            await().until(() -> store.usage().bytes() < 16 << 10);
            fill(store, 10);
        }
        assertThat(MessageStore.open(disk, SMALL).queued(1)).isEqualTo(10);
    }

    @Test
    void compactionKeepsTheDiskWithinTwiceWhatLivesAndTwoSegments() throws Exception {
        try (MessageStore store = MessageStore.open(disk, SMALL)) {
            begin(store, 1);
            for (int i = 0; i < 3000; i++) {
                fill(store, 1);
                if (store.queued(1) > 20) {
                    commit(
                            store,
                            new Batch().remove(1, store.queue(1, 0, 1).get(0).order()));
                }
                while (store.compaction().step()) {}
            }
            MessageStore.Usage usage = store.usage();
            assertThat(usage.bytes()).isLessThan(2 * (usage.messageBytes() + 20 * State.ENTRY) + 3 * 4096);
            assertThat(store.compaction().copied())
                    .isLessThan(store.compaction().freed());
        }
    }

    @Test
    void whileTheDiskIsFullRemovalsAreTakenAndNothingIsAcknowledged() throws Exception {
        try (MessageStore store = MessageStore.open(disk, SMALL)) {
            begin(store, 1);
            fill(store, 5);
            disk.quota = disk.used();
            CompletableFuture<Void> removed = forced(store, new Batch().remove(1, 0));
            await().until(store::failing);
            assertThatThrownBy(() -> fill(store, 1))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DISK));
            assertThat(store.read(2))
                    .hasValueSatisfying(content -> assertThat(content).hasSize(150));
            assertThat(removed).isNotDone();
            disk.quota = Long.MAX_VALUE;
            removed.get();
            await().until(() -> !store.failing());
            fill(store, 1);
        }
        assertThat(MessageStore.open(disk, SMALL).queue(1, 0, 9))
                .hasSize(5)
                .first()
                .satisfies(entry -> assertThat(entry.order()).isEqualTo(1));
    }

    @Test
    void aDamagedMessageCostsItsEntryAndTheRestIsServed() throws Exception {
        try (MessageStore store = MessageStore.open(disk, SMALL)) {
            begin(store, 1);
            fill(store, 60);
        }
        byte[] bytes = disk.files.get(disk.names().get(0)).now;
        bytes[insideAMessage(bytes)] ^= 4;
        try (MessageStore store = MessageStore.open(disk, SMALL)) {
            assertThat(store.recovered().damages()).isEqualTo(1);
            assertThat(store.recovered().lostFrames()).isEqualTo(1);
            assertThat(store.queued(1)).isEqualTo(59);
            assertThat(store.compaction().step()).isTrue();
        }
        try (MessageStore store = MessageStore.open(disk, SMALL)) {
            assertThat(store.recovered().damages()).isZero();
            assertThat(store.queued(1)).isEqualTo(59);
            assertThat(disk.aside).hasSize(1);
        }
    }

    /** Of each kind there is, one that ends too early, and one with a number that doesn't end. */
    @ParameterizedTest
    @ValueSource(bytes = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void aWholeFrameThatSaysWhatCantBeIsSetAsideAndTheRestIsServed(byte kind) throws Exception {
        try (MessageStore store = MessageStore.open(disk, SMALL)) {
            begin(store, 1);
            fill(store, 3);
        }
        String first = disk.names().get(0);
        append(new Bytes().begin(kind));
        append(new Bytes().begin(kind).rest(new byte[] {-1, -1, -1}));
        try (MessageStore store = MessageStore.open(disk, SMALL)) {
            assertThat(store.recovered().newDamages()).isEqualTo(2);
            assertThat(store.recovered().lostFrames()).isEqualTo(2);
            fill(store, 2);
            assertThat(store.queued(1)).isEqualTo(5);
            fill(store, 100);
            store.start();
            await().until(() -> !disk.names().contains(first));
        }
        try (MessageStore store = MessageStore.open(disk, SMALL)) {
            assertThat(store.recovered().damages()).isZero();
            assertThat(store.queued(1)).isEqualTo(105);
        }
    }

    @Test
    void aNumberThatIsNoPacketIdOrALengthBeyondItsRecordIsNotBelieved() throws Exception {
        try (MessageStore store = MessageStore.open(disk, SMALL)) {
            begin(store, 1);
        }
        append(new Bytes().begin(Kind.RECEIVED).varint(1).varint(Integer.MAX_VALUE));
        append(new Bytes().begin(Kind.RELEASED).varint(1).varint(-1));
        append(new Bytes().begin(Kind.SESSION).varint(1).varint(Integer.MAX_VALUE));
        append(new Bytes().begin(Kind.CLEAR).varint(-1));
        try (MessageStore store = MessageStore.open(disk, SMALL)) {
            assertThat(store.recovered().newDamages()).isEqualTo(4);
            fill(store, 1);
            assertThat(store.queued(1)).isEqualTo(1);
        }
    }

    private void append(Bytes record) throws Exception {
        record.end();
        CompletableFuture<Void> stored = new CompletableFuture<>();
        Recovery nothing = new Recovery(disk, (segment, offset, bytes, from, length) -> {});
        try (Log log = Log.open(disk, SMALL.log(), () -> new byte[0], nothing)) {
            log.append(record.array, record.length, false, Durability.FORCED, new Done(stored));
            stored.get();
        }
    }

    @Test
    void aFlipThatHappensWhileTheStoreRunsIsFoundWhenTheMessageIsRead() throws Exception {
        try (MessageStore store = MessageStore.open(disk, SMALL)) {
            begin(store, 1);
            fill(store, 60);
            byte[] bytes = disk.files.get(disk.names().get(0)).now;
            bytes[bytes.length - 100] ^= 4;
            assertThatThrownBy(() -> {
                        for (long id = 1; id <= 60; id++) {
                            store.read(id);
                        }
                    })
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DAMAGED));
        }
    }

    @Test
    void idsAreNotUsedAgainEvenWhenNothingTellsOfThemAnyMore() throws Exception {
        long last = 0;
        for (int start = 0; start < 5; start++) {
            try (MessageStore store = MessageStore.open(disk, SMALL)) {
                long session = store.newSession();
                begin(store, session);
                for (int i = 0; i < 50; i++) {
                    long id = store.newMessage();
                    assertThat(id).isGreaterThan(last);
                    last = id;
                    commit(store, new Batch().message(id, new byte[150]).enqueue(session, id, QOS_1));
                }
                commit(store, new Batch().end(session));
                while (store.compaction().step()) {}
                assertThat(store.usage().segments()).isLessThan(3);
            }
        }
    }

    @Test
    void aTopicClearedStaysClearedWhateverIsCompactedFirst() throws Exception {
        try (MessageStore store = MessageStore.open(disk, SMALL)) {
            begin(store, 1);
            long kept = store.newMessage();
            commit(
                    store,
                    new Batch()
                            .message(kept, new byte[3000])
                            .retain("kept", kept)
                            .retain("cleared", kept));
            fill(store, 40);
            commit(store, new Batch().clear("cleared"));
            fill(store, 40);
            for (MessageStore.Entry entry : store.queue(1, 0, 100)) {
                commit(store, new Batch().remove(1, entry.order()));
            }
            while (store.compaction().step()) {}
        }
        try (MessageStore store = MessageStore.open(disk, SMALL)) {
            assertThat(store.usage().retained()).isEqualTo(1);
            assertThat(store.queued(1)).isZero();
        }
    }

    @Test
    void aRealDirectoryHoldsItToo(@TempDir Path directory) throws Exception {
        try (MessageStore store = MessageStore.open(new FileDisk(directory), SMALL)) {
            begin(store, 1);
            fill(store, 100);
            Thread.currentThread().interrupt();
            assertThat(store.read(1)).isPresent();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(store.read(2)).isPresent();
            commit(store, new Batch().remove(1, 0).mark(1, 1, 42));
            while (store.compaction().step()) {}
        }
        try (MessageStore store = MessageStore.open(new FileDisk(directory), SMALL)) {
            assertThat(store.queued(1)).isEqualTo(99);
            assertThat(store.queue(1, 0, 1).get(0).mark()).isEqualTo(42);
        }
    }

    /** Frames that only say what is forced stand between those of messages, where and how often depends on the writer's pace. */
    private static int insideAMessage(byte[] segment) {
        int zeros = 0;
        int at = 0;
        while (zeros < 100) {
            zeros = segment[at++] == 0 ? zeros + 1 : 0;
        }
        return at - 50;
    }

    private static void begin(MessageStore store, long session) throws Exception {
        commit(store, new Batch().session(session, "c" + session, new byte[0]));
    }

    private static void fill(MessageStore store, int messages) throws Exception {
        for (int i = 0; i < messages; i++) {
            long id = store.newMessage();
            commit(store, new Batch().message(id, new byte[150]).enqueue(1, id, QOS_1));
        }
    }

    private static long[] commit(MessageStore store, Batch batch) throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        long[] orders = store.commit(batch, Durability.FORCED, new Done(done));
        done.get();
        return orders;
    }

    private static CompletableFuture<Void> forced(MessageStore store, Batch batch) throws StoreException {
        CompletableFuture<Void> done = new CompletableFuture<>();
        store.commit(batch, Durability.FORCED, new Done(done));
        return done;
    }

    private record Done(CompletableFuture<Void> future) implements Receipt {
        @Override
        public void stored() {
            future.complete(null);
        }

        @Override
        public void failed(StoreException why) {
            future.completeExceptionally(why);
        }
    }
}
