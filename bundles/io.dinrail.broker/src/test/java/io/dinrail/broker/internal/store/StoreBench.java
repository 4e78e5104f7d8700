package io.dinrail.broker.internal.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Measures a store on a real disk: {@code StoreBench <directory> [messages]}. The directory is emptied. Publishers have 100 messages under way each, as a
 * client with that receive maximum has.
 */
final class StoreBench {
    private static final byte[] QOS_1 = {1};
    private static final int CONTENT = 200;

    private final Path directory;
    private final int count;

    private StoreBench(Path directory, int count) {
        this.directory = directory;
        this.count = count;
    }

    public static void main(String[] args) throws Exception {
        StoreBench bench = new StoreBench(Path.of(args[0]), args.length > 1 ? Integer.parseInt(args[1]) : 1_000_000);
        for (int publishers : new int[] {1, 10, 100}) {
            bench.publish(publishers, Durability.FORCED, bench.count / 4);
        }
        bench.publish(100, Durability.WRITTEN, bench.count / 4);
        bench.throughflow();
        bench.queue();
        bench.clear();
    }

    private void publish(int publishers, Durability durability, int messages) throws Exception {
        clear();
        try (MessageStore store = open()) {
            long session = begin(store);
            long forces = store.log().forces();
            long start = System.nanoTime();
            List<Long> latencies = run(store, publishers, durability, messages, session);
            double seconds = (System.nanoTime() - start) / 1e9;
            latencies.sort(Comparator.naturalOrder());
            say(
                    "%s, %d publishers: %.0f messages/s, %d forces, p50 %.2f ms, p99 %.2f ms",
                    durability,
                    publishers,
                    messages / seconds,
                    store.log().forces() - forces,
                    latencies.get(latencies.size() / 2) / 1e6,
                    latencies.get(latencies.size() * 99 / 100) / 1e6);
        }
    }

    /** Few threads drive all publishers, as event loops do. */
    private static List<Long> run(MessageStore store, int publishers, Durability durability, int messages, long session)
            throws Exception {
        List<Long> latencies = new ArrayList<>();
        int window = publishers * 100;
        Semaphore room = new Semaphore(window);
        for (int i = 0; i < messages; i++) {
            room.acquire();
            long id = store.newMessage();
            long start = System.nanoTime();
            Batch batch = new Batch().message(id, new byte[CONTENT]).enqueue(session, id, QOS_1);
            store.commit(batch, durability, new Receipt() {
                @Override
                public void stored() {
                    latencies.add(System.nanoTime() - start);
                    room.release();
                }

                @Override
                public void failed(StoreException why) {
                    room.release();
                }
            });
        }
        room.acquire(window);
        return latencies;
    }

    /** In and out at once, with compaction behind it. */
    private void throughflow() throws Exception {
        clear();
        try (MessageStore store = open()) {
            store.start();
            long session = begin(store);
            long start = System.nanoTime();
            Semaphore room = new Semaphore(10_000);
            AtomicLong bytes = new AtomicLong();
            for (int i = 0; i < count; i++) {
                room.acquire();
                long id = store.newMessage();
                Batch in = new Batch().message(id, new byte[CONTENT]).enqueue(session, id, QOS_1);
                long[] orders = store.commit(in, Durability.FORCED, new Release(room));
                if (orders[0] >= 5_000) {
                    bytes.addAndGet(store.read(id - 5_000).orElseThrow().length);
                    store.commit(new Batch().remove(session, orders[0] - 5_000), Durability.WRITTEN, Receipt.NONE);
                }
            }
            room.acquire(10_000);
            double seconds = (System.nanoTime() - start) / 1e9;
            say(
                    "in, read and out, FORCED, 5,000 queued: %.0f messages/s, compaction copied %d MB and freed %d MB, %d MB on disk",
                    count / seconds,
                    store.compaction().copied() >> 20,
                    store.compaction().freed() >> 20,
                    store.usage().bytes() >> 20);
        }
    }

    private void queue() throws Exception {
        clear();
        long before = heap();
        try (MessageStore store = open()) {
            run(store, 100, Durability.WRITTEN, count, begin(store)).clear();
        }
        try (MessageStore store = open()) {
            say(
                    "%d queued: %.1f bytes of heap each, %d MB on disk",
                    count, (heap() - before) / (double) count, store.usage().bytes() >> 20);
            say("recovery of %d queued: %s", count, store.recovered());
            long start = System.nanoTime();
            long session = store.sessions().get(0).number();
            long read = 0;
            for (List<MessageStore.Entry> page = store.queue(session, 0, 100);
                    !page.isEmpty() && read < 200_000;
                    page = store.queue(session, page.get(page.size() - 1).order() + 1, 100)) {
                for (MessageStore.Entry entry : page) {
                    read += store.read(entry.message()).isPresent() ? 1 : 0;
                }
            }
            say("paged in: %.0f messages/s", read / ((System.nanoTime() - start) / 1e9));
        }
    }

    private static long begin(MessageStore store) throws StoreException {
        long session = store.newSession();
        store.commit(new Batch().session(session, "bench", new byte[50]), Durability.FORCED, Receipt.NONE);
        return session;
    }

    private MessageStore open() throws IOException {
        StoreSettings some = StoreSettings.DEFAULT;
        return MessageStore.open(
                new FileDisk(directory), new StoreSettings(some.log(), 64L << 30, some.fullness(), some.pause()));
    }

    private void clear() throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    private record Release(Semaphore room) implements Receipt {
        @Override
        public void stored() {
            room.release();
        }

        @Override
        public void failed(StoreException why) {
            room.release();
        }
    }
}
