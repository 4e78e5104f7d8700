package io.dinrail.event.admin.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dinrail.event.api.Journal.ConsumerStatus;
import io.dinrail.event.api.RecordedReading;
import io.dinrail.testkit.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsumerPlacesTest {
    @TempDir
    Path folder;

    private final Ring ring = new Ring(100);
    private final Collector consumer = new Collector();
    private ConsumerPlaces places;
    private long last;

    @BeforeEach
    void open() {
        places = places(Duration.ofSeconds(10), Duration.ofHours(1));
    }

    private ConsumerPlaces places(Duration patience, Duration... pauses) {
        return new ConsumerPlaces(
                ring,
                new ConsumersFile(folder.resolve("consumers")),
                new ManualClock(Readings.NOON),
                List.of(pauses),
                patience);
    }

    @AfterEach
    void close() {
        consumer.open();
        places.endAll();
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("dinrail-feed-")));
    }

    @Test
    void theRunningCallFinishesBeforeAConsumerIsGone() throws Exception {
        consumer.shut();
        places.arrive("history", consumer);
        record(2);
        consumer.calls.acquire();
        Thread leaving = new Thread(() -> places.leave("history", consumer));
        leaving.start();
        await().until(() -> leaving.getState() == Thread.State.TIMED_WAITING);
        consumer.open();
        leaving.join();
        record(1);
        Collector next = new Collector();
        places.arrive("history", next);
        await().until(() -> next.seen.size() == 1);
        assertThat(consumer.seen).containsExactly("a:1", "a:2");
        assertThat(next.seen).containsExactly("a:3");
    }

    @Test
    void readingsOfAnInterruptedCallAreHandedOverAgain() throws Exception {
        places = places(Duration.ofMillis(1));
        consumer.shut();
        places.arrive("history", consumer);
        record(2);
        consumer.calls.acquire();
        places.leave("history", consumer);
        Collector next = new Collector();
        places.arrive("history", next);
        await().until(() -> next.seen.size() == 2);
        assertThat(consumer.seen).isEmpty();
        assertThat(next.seen).containsExactly("a:1", "a:2");
    }

    @Test
    void consumersThatHangForGoodAreGivenUpWithinOnePatience() throws Exception {
        places = places(Duration.ofMillis(1));
        consumer.stubborn = true;
        consumer.shut();
        for (int name = 0; name < 8; name++) {
            places.arrive("consumer-" + name, consumer);
        }
        record(1);
        consumer.calls.acquire(8);
        places.endAll();
        assertThat(places.status()).noneMatch(ConsumerStatus::present);
    }

    @Test
    void aConsumerMayLeaveWhileItsNextAttemptIsWaitedFor() throws Exception {
        consumer.throwing = true;
        places.arrive("history", consumer);
        record(1);
        consumer.calls.acquire();
        places.leave("history", consumer);
        Collector next = new Collector();
        places.arrive("history", next);
        await().until(() -> !next.seen.isEmpty());
        assertThat(next.seen).containsExactly("a:1");
    }

    @Test
    void aSecondConsumerOfOneNameWaitsForItsTurn() {
        Collector second = new Collector();
        places.arrive("history", consumer);
        places.arrive("history", second);
        record(1);
        await().until(() -> consumer.seen.size() == 1);
        places.leave("history", consumer);
        record(1);
        await().until(() -> second.seen.size() == 1);
        assertThat(second.seen).containsExactly("a:2");
        places.leave("history", second);
        assertThat(places.status()).noneMatch(ConsumerStatus::present);
    }

    @Test
    void ofTooManyNamesTheOneAwayTheLongestIsForgotten() {
        for (int name = 0; name < ConsumerPlaces.MOST; name++) {
            places.arrive("consumer-" + name, consumer);
        }
        places.leave("consumer-7", consumer);
        places.leave("consumer-3", consumer);
        places.arrive("one-more", consumer);
        assertThat(places.status())
                .hasSize(ConsumerPlaces.MOST)
                .extracting(ConsumerStatus::name)
                .doesNotContain("consumer-7")
                .contains("consumer-3", "one-more");
    }

    @Test
    void allConsumersEndWithinOnePatience() throws Exception {
        places = places(Duration.ofMillis(1));
        consumer.shut();
        for (int name = 0; name < 8; name++) {
            places.arrive("consumer-" + name, consumer);
        }
        record(1);
        consumer.calls.acquire(8);
        places.endAll();
        assertThat(places.status()).noneMatch(ConsumerStatus::present).allMatch(status -> status.lag() == 1);
    }

    @Test
    void aDamagedFileOfPlacesIsReportedAndStopsNothing() throws Exception {
        Files.writeString(folder.resolve("consumers"), "12345\nconsumer history\n");
        places.restore();
        assertThat(places.status()).isEmpty();
        places.arrive("history", consumer);
        record(1);
        await().until(() -> consumer.seen.size() == 1);
    }

    private void record(int count) {
        ring.append(LongStream.rangeClosed(last + 1, last + count)
                .mapToObj(seq -> new RecordedReading(seq, false, Readings.of("a", "x", seq)))
                .toList());
        last += count;
    }
}
