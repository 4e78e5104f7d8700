package io.dinrail.alert.engine.internal;

import io.dinrail.alert.api.Alert;
import io.dinrail.alert.api.RuleException;
import io.dinrail.event.api.AlertChanged;
import io.dinrail.event.api.Gap;
import io.dinrail.event.api.RecordedReading;
import io.dinrail.model.api.DeviceId;
import io.dinrail.model.api.Quality;
import io.dinrail.model.api.Reading;
import io.dinrail.model.api.TagId;
import io.dinrail.model.api.TagValue;
import io.dinrail.testkit.FailingStore;
import io.dinrail.testkit.ManualClock;
import io.dinrail.testkit.RecordingBus;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** An engine on a store that can fail, with a tag to feed it. */
final class Plant {
    static final TagId TEMPERATURE = TagId.of("filler-1", "temperature");
    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    final ManualClock clock;
    final RecordingBus bus = new RecordingBus();
    final FailingStore store;
    final AlertEngine engine;
    final KeptRules rules;
    final KeptAlerts alerts;
    private long seq;

    Plant(DataSource store) throws SQLException {
        this(store, new ManualClock(NOON), 10_000);
    }

    Plant(DataSource store, ManualClock clock, int clearedKept) throws SQLException {
        this.clock = clock;
        this.store = new FailingStore(store);
        engine = new AlertEngine(this.store, bus, clock, clearedKept);
        rules = new KeptRules(engine);
        alerts = new KeptAlerts(engine);
    }

    void rule(String json) throws RuleException {
        rules.add(rules.read(json));
    }

    /** The device has this value now, and says so. */
    void reads(double value) {
        reads(reading(value, Quality.GOOD));
    }

    void reads(double value, Quality quality) {
        reads(reading(value, quality));
    }

    void reads(Reading reading) {
        engine.accept(List.of(new RecordedReading(++seq, false, reading)));
    }

    Reading reading(double value, Quality quality) {
        Instant now = clock.instant();
        return new Reading(TEMPERATURE, Optional.of(TagValue.of(value)), quality, now, now, Optional.empty());
    }

    void missesReadings() {
        engine.lost(new Gap(new DeviceId("filler-1"), seq + 1, seq + 5));
    }

    void passes(Duration time) {
        clock.advance(time);
        engine.tick();
    }

    List<String> events() {
        return bus.events(AlertChanged.class).stream()
                .map(event -> event.kind() + " " + event.id())
                .toList();
    }

    List<Alert.State> states() {
        return alerts.list().stream().map(Alert::state).toList();
    }
}
