package io.dinrail.broker.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random batches, compaction at work, and a loss of power or a kill at any moment, again and again on what was left. */
class StoreCrashTest {
    private static final StoreSettings SMALL = new StoreSettings(
            new LogSettings(2048, 1 << 16, Duration.ZERO, Duration.ofMillis(5), Duration.ofMillis(5)),
            1 << 30,
            0.7,
            Duration.ofMillis(1));
    private static final int SEEDS = Integer.getInteger("store.seeds", 8);
    /** More of them only make what is compared larger. */
    private static final int LIVES = 12;

    private Random random = new Random();
    private StoreModel model = new StoreModel();
    private MemoryDisk disk = new MemoryDisk();

    static LongStream seeds() {
        return LongStream.rangeClosed(1, SEEDS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatWasAcknowledgedIsThereAndNothingRemovedComesBack(long seed) throws Exception {
        random = new Random(seed);
        for (int life = 0; life < LIVES; life++) {
            live("seed " + seed + ", life " + life);
        }
    }

    private void live(String where) throws Exception {
        List<StoreModel> past = new ArrayList<>(List.of(model.copy()));
        AtomicInteger acknowledged = new AtomicInteger();
        MemoryDisk after;
        int surely;
        try (MessageStore store = MessageStore.open(disk, SMALL)) {
            assertThat(StoreModel.text(store)).as(where).isEqualTo(model.text());
            assertThat(store.recovered().damages()).as(where).isZero();
            store.start();
            for (int step = 30 + random.nextInt(200); step > 0; step--) {
                commit(store, past, acknowledged);
                if (random.nextInt(10) == 0) {
                    assertThat(StoreModel.text(store)).as(where).isEqualTo(model.text());
                }
            }
            surely = acknowledged.get();
            after = random.nextBoolean() ? disk.afterPowerLoss(random) : disk.afterKill();
        }
        disk = after;
        model = found(past, surely, where);
    }

    private void commit(MessageStore store, List<StoreModel> past, AtomicInteger acknowledged) throws StoreException {
        Batch batch = new Batch();
        model.change(random, store, batch);
        past.add(model.copy());
        int index = past.size() - 1;
        Receipt receipt = new Receipt() {
            @Override
            public void stored() {
                acknowledged.set(index);
            }

            @Override
            public void failed(StoreException why) {}
        };
        store.commit(batch, Durability.FORCED, random.nextInt(4) == 0 ? receipt : Receipt.NONE);
    }

    private StoreModel found(List<StoreModel> past, int surely, String where) throws Exception {
        MemoryDisk copy = disk.afterKill();
        try (MessageStore store = MessageStore.open(copy, SMALL)) {
            String text = StoreModel.text(store);
            for (int i = past.size() - 1; i >= surely; i--) {
                if (past.get(i).text().equals(text)) {
                    StoreModel found = past.get(i);
                    StoreModel least = past.get(surely);
                    found.sessions.forEach((number, one) -> {
                        one.next = store.next(number);
                        StoreModel.One sure = least.sessions.getOrDefault(number, one);
                        assertThat(one.next)
                                .as("%s: no order is used twice", where)
                                .isGreaterThanOrEqualTo(sure.next);
                    });
                    checkBooks(store, where);
                    return found;
                }
            }
            assertThat(text)
                    .as("%s: %d acknowledged of %d", where, surely, past.size())
                    .isEqualTo(past.get(surely).text());
            throw new AssertionError(where);
        }
    }

    /** The estimates that choose what to compact must come to nothing when nothing lives. */
    private static void checkBooks(MessageStore store, String where) throws StoreException {
        Batch batch = new Batch();
        store.sessions().forEach(session -> batch.end(session.number()));
        store.retained((topic, message) -> batch.clear(topic));
        store.commit(batch, Durability.WRITTEN, Receipt.NONE);
        assertThat(store.usage().messages()).as(where).isZero();
        assertThat(store.usage().messageBytes()).as(where).isZero();
        assertThat(store.log().segments().values()).as(where).allMatch(segment -> segment.live == 0);
    }
}
