package io.dinrail.alert.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dinrail.event.api.AlertChanged;
import io.dinrail.event.api.Journal;
import io.dinrail.event.api.LiveReadings;
import io.dinrail.event.api.RecordedReading;
import io.dinrail.model.api.Quality;
import io.dinrail.model.api.Reading;
import io.dinrail.model.api.TagId;
import io.dinrail.model.api.TagValue;
import io.dinrail.testkit.MemoryStore;
import io.dinrail.testkit.RecordingBus;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The engine with its own thread and the real clock. */
class StandingValuesTest {
    private static final String HOT =
            "{\"name\":\"hot\",\"device\":\"filler-1\",\"tag\":\"temperature\",\"above\":80,\"delay\":\"20ms\"}";

    private final MemoryStore database = new MemoryStore();
    private final RecordingBus bus = new RecordingBus();
    private volatile long lag = 5;
    private AlertEngine engine;

    @BeforeEach
    void start() throws Exception {
        engine = new AlertEngine(database.dataSource(), bus, Clock.systemUTC(), 10);
    }

    @AfterEach
    void stop() {
        engine.stop();
        database.close();
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("dinrail-alerts"));
    }

    @Test
    void aSilentTagBeyondANewLimitRaisesOnceTheFeedHasCaughtUp() throws Exception {
        StandingValues standing = new StandingValues(engine, new Standing(), this::status);
        KeptRules rules = new KeptRules(engine);
        rules.add(rules.read(HOT));
        engine.tick();
        assertThat(bus.events(AlertChanged.class)).isEmpty();

        lag = 0;

        await().untilAsserted(() -> assertThat(bus.events(AlertChanged.class)).hasSize(1));
        standing.stop();
    }

    private Journal.Status status() {
        return new Journal.Status(
                9, 9, 100, 0, List.of(new Journal.ConsumerStatus(AlertEngine.CONSUMER, true, 4, lag, 0, 0)));
    }

    private static final class Standing implements LiveReadings {
        @Override
        public List<RecordedReading> all() {
            return List.of();
        }

        @Override
        public Optional<RecordedReading> latest(TagId tag) {
            Instant then = Instant.EPOCH;
            Reading reading =
                    new Reading(tag, Optional.of(TagValue.of(90)), Quality.GOOD, then, then, Optional.empty());
            return Optional.of(new RecordedReading(9, false, reading));
        }
    }
}
