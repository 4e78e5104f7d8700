package io.dinrail.event.admin.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.dinrail.event.api.Journal.ConsumerStatus;
import io.dinrail.event.api.ReadingsRecorded;
import io.dinrail.event.api.RecordedReading;
import io.dinrail.model.api.DeviceId;
import io.dinrail.model.api.Reading;
import io.dinrail.model.api.TagId;
import io.dinrail.model.api.TagValue;
import io.dinrail.testkit.ManualClock;
import io.dinrail.testkit.RecordingBus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

class JournalledBusTest {
    private static final int CAPACITY = 10;

    @TempDir
    Path folder;

    private final RecordingBus events = new RecordingBus();
    private final Collector consumer = new Collector();
    private JournalledBus bus;

    @BeforeEach
    void open() {
        bus = bus(CAPACITY);
    }

    private JournalledBus bus(int capacity) {
        return new JournalledBus(events, folder.resolve("journal"), capacity, 10_000, new ManualClock(Readings.NOON));
    }

    @AfterEach
    void close() {
        consumer.open();
        bus.close();
    }

    @Test
    void whatIsRecordedComesAsOneEventOnTheCallersThread() {
        bus.record(Readings.some("a", 3));
        bus.record(List.of());
        assertThat(events.events(ReadingsRecorded.class))
                .singleElement()
                .satisfies(event -> assertThat(event.readings())
                        .extracting(RecordedReading::seq)
                        .containsExactly(1L, 2L, 3L));
    }

    @Test
    void whatIsBroughtInFromTheHistoryIsRecordedAndNeverTheNewestValue() {
        Reading now = Readings.of("a", "level", 2);
        Reading then = new Reading(
                now.tag(),
                Optional.of(TagValue.of(1)),
                now.quality(),
                Readings.NOON.minusSeconds(60),
                Readings.NOON,
                Optional.empty(),
                Reading.TimeFrom.HISTORY);
        bus.record(List.of(then, now, then));
        assertThat(bus.status().recorded()).isEqualTo(3);
        assertThat(bus.latest(now.tag()).orElseThrow().reading()).isEqualTo(now);
    }

    @Test
    void whereEventAdminIsStoppingTheReadingsAreTakenAllTheSame() {
        JournalledBus lonely = new JournalledBus(
                new StoppedEvents(), folder.resolve("lonely"), CAPACITY, 10_000, new ManualClock(Readings.NOON));
        lonely.record(Readings.some("a", 3));
        assertThat(lonely.status().recorded()).isEqualTo(3);
        assertThat(lonely.losses()).containsEntry("reading.untold", 3L);
        lonely.close();
    }

    @Test
    void aNewConsumerStartsWithTheNextReading() {
        bus.record(Readings.some("a", 3));
        arrive();
        bus.record(Readings.some("a", 2));
        await().until(() -> consumer.seen.size() == 2);
        assertThat(consumer.seen).containsExactly("a:4", "a:5");
    }

    @Test
    void aConsumerThatWasAwayGetsExactlyWhatItMissed() {
        arrive();
        bus.record(Readings.some("a", 3));
        await().until(() -> consumer.seen.size() == 3);
        leave();
        bus.record(Readings.some("a", 4));
        assertThat(status().lag()).isEqualTo(4);
        assertThat(status().present()).isFalse();
        arrive();
        bus.record(Readings.some("a", 1));
        await().until(() -> consumer.seen.size() == 8);
        assertThat(consumer.seen).containsExactly(texts("a", 1, 8));
    }

    @Test
    void whatTheRingCouldNotKeepForAnAbsentConsumerComesAsAGapFirst() {
        arrive();
        leave();
        bus.record(Readings.some("a", 13));
        bus.record(Readings.some("b", 4));
        arrive();
        await().until(() -> consumer.seen.size() == 11);
        assertThat(consumer.seen).startsWith("a:1-7", "a:8").endsWith("b:3", "b:4");
        assertThat(status().lost()).isEqualTo(7);
        assertThat(bus.losses()).containsEntry("feed.history", 7L);
    }

    @Test
    void oneBatchMayBeLargerThanTheRing() {
        arrive();
        leave();
        bus.record(Readings.some("a", 35));
        arrive();
        await().until(() -> consumer.seen.size() == 11);
        assertThat(consumer.seen).startsWith("a:1-25", "a:26").endsWith("a:35");
    }

    @Test
    void aSlowConsumerHoldsNobodyUpAndHearsOfTheGapInItsPlace() throws Exception {
        consumer.shut();
        arrive();
        bus.record(Readings.some("a", 5));
        consumer.calls.acquire();
        Stream.of("a", "b", "a").forEach(device -> bus.record(Readings.some(device, 10)));
        consumer.open();
        await().until(() -> consumer.seen.contains("a:25"));
        assertThat(consumer.seen.subList(0, 5)).containsExactly(texts("a", 1, 5));
        assertThat(consumer.seen.subList(5, 7)).containsExactlyInAnyOrder("a:6-15", "b:1-10");
        assertThat(consumer.seen.subList(7, 17)).containsExactly(texts("a", 16, 25));
    }

    @Test
    void aConsumerThatThrowsThreeTimesLosesTheReadingsAndNothingElse() {
        Collector other = new Collector();
        bus.places().arrive("other", other);
        consumer.throwing = true;
        arrive();
        bus.record(Readings.some("a", 2));
        await().until(() -> consumer.seen.contains("a:1-2"));
        consumer.throwing = false;
        bus.record(Readings.some("a", 1));
        await().until(() -> consumer.seen.contains("a:3") && other.seen.size() == 3);
        assertThat(consumer.seen).containsExactly("a:1-2", "a:3");
        assertThat(consumer.calls.availablePermits()).isEqualTo(4);
        assertThat(status().failures()).isEqualTo(3);
        assertThat(status().lost()).isEqualTo(2);
        assertThat(other.seen).containsExactly(texts("a", 1, 3));
    }

    @Test
    void afterACleanRestartNumbersGoOnAndAConsumerHearsWhatItWasNotGiven() {
        arrive();
        bus.record(Readings.some("a", 2));
        await().until(() -> consumer.seen.size() == 2);
        leave();
        bus.record(Readings.some("a", 14));
        bus.close();
        bus = bus(CAPACITY);
        bus.record(Readings.some("a", 1));
        arrive();
        await().until(() -> consumer.seen.contains("a:17"));
        assertThat(consumer.seen).containsExactly("a:1", "a:2", "a:3-16", "a:17");
    }

    @Test
    void aGapToldAfterARestartIsNotToldAgainAfterACrash() throws Exception {
        arrive();
        leave();
        bus.record(Readings.some("a", 3));
        bus.close();
        bus = bus(CAPACITY);
        arrive();
        await().until(() ->
                !Files.readString(folder.resolve("journal/consumers")).contains("gap "));
        JournalledBus afterCrash = bus(CAPACITY);
        Collector second = new Collector();
        afterCrash.places().arrive("history", second);
        afterCrash.record(Readings.some("a", 1));
        await().until(() -> !second.seen.isEmpty());
        assertThat(second.seen).containsExactly("a:4");
        afterCrash.places().endAll();
    }

    @Test
    void afterACrashAKnownConsumerMissesNothingOfTheNewRun() {
        arrive();
        bus.record(Readings.some("a", 2));
        await().until(() -> consumer.seen.size() == 2);
        JournalledBus afterCrash = bus(CAPACITY);
        afterCrash.record(Readings.some("a", 2));
        Collector second = new Collector();
        afterCrash.places().arrive("history", second);
        await().until(() -> second.seen.size() == 2);
        assertThat(second.seen).containsExactly("a:10001!", "a:10002");
        afterCrash.places().endAll();
    }

    @Test
    void manyProducersGetNumbersWithoutHolesInTheOrderOfTheFeed() throws Exception {
        bus.close();
        bus = bus(100_000);
        Map<DeviceId, Long> last = new ConcurrentHashMap<>();
        bus.places().arrive("checker", new OrderCheck(last));
        List<Thread> producers = IntStream.range(0, 4)
                .mapToObj(producer -> new Thread(() -> produce(producer)))
                .toList();
        producers.forEach(Thread::start);
        for (Thread producer : producers) {
            producer.join();
        }
        await().until(() -> bus.status().consumers().stream()
                .filter(status -> status.name().equals("checker"))
                .allMatch(status -> status.delivered() == 24_000));
        assertThat(last).containsOnlyKeys(new DeviceId("a"), new DeviceId("b")).containsValue(12_000L);
        assertThat(bus.status().consumers()).allMatch(status -> status.failures() == 0);
    }

    private void produce(int producer) {
        for (int batch = 0; batch < 100; batch++) {
            bus.record(Stream.concat(Readings.some("a", 30).stream(), Readings.some("b", 30).stream())
                    .toList());
        }
        assertThat(producer).isNotNegative();
    }

    @Test
    void aFullDiskRefusesTheBatchAsAWholeAndItGoesOnWhenThereIsSpace() throws Exception {
        Path journal = folder.resolve("journal");
        Files.writeString(journal, "a file where the folder should be");
        assertThatIllegalStateException()
                .isThrownBy(() -> bus.record(Readings.some("a", 3)))
                .withMessageContaining("No number can be reserved")
                .withMessageContaining(journal.toString());
        assertThat(bus.status().refused()).isEqualTo(3);
        assertThat(bus.status().held()).isZero();
        assertThat(events.events(ReadingsRecorded.class)).isEmpty();
        Files.delete(journal);
        bus.record(Readings.some("a", 1));
        assertThat(bus.latest(TagId.of("a", "level"))).map(RecordedReading::seq).contains(1L);
    }

    @Test
    void theLiveTableShowsTheNewestByTag() {
        bus.record(List.of(Readings.of("b", "x", 1), Readings.of("a", "y", 2), Readings.of("b", "x", 3)));
        assertThat(bus.all()).extracting(RecordedReading::seq).containsExactly(1L, 2L);
        assertThat(bus.latest(TagId.of("c", "z"))).isEmpty();
    }

    @Test
    void theLiveTableIsBoundedAndCountsWhatItCannotShow() {
        LiveTable table = new LiveTable(1);
        RecordedReading first = new RecordedReading(1, false, Readings.of("a", "x", 1));
        RecordedReading newer = new RecordedReading(2, false, Readings.of("a", "x", 2));
        table.update(List.of(first, new RecordedReading(1, false, Readings.of("b", "x", 1)), newer));
        assertThat(table.all()).containsExactly(newer);
        assertThat(table.refused()).isEqualTo(1);
    }

    private void arrive() {
        bus.places().arrive("history", consumer);
    }

    private void leave() {
        bus.places().leave("history", consumer);
    }

    private ConsumerStatus status() {
        return bus.status().consumers().stream()
                .filter(status -> status.name().equals("history"))
                .findFirst()
                .orElseThrow();
    }

    private static String[] texts(String device, long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(seq -> device + ":" + seq)
                .toArray(String[]::new);
    }

    private static final class StoppedEvents implements EventAdmin {
        @Override
        public void postEvent(Event event) {
            throw new IllegalStateException("The EventAdmin is stopped");
        }

        @Override
        public void sendEvent(Event event) {
            throw new IllegalStateException("The EventAdmin is stopped");
        }
    }
}
