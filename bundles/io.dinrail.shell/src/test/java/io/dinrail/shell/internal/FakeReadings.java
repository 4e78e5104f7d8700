package io.dinrail.shell.internal;

import io.dinrail.event.api.LiveReadings;
import io.dinrail.event.api.RecordedReading;
import io.dinrail.model.api.Quality;
import io.dinrail.model.api.Reading;
import io.dinrail.model.api.TagId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The newest readings: filler-1/temperature, and press-1/humidity of a device that is bad. */
final class FakeReadings implements LiveReadings {
    private final List<RecordedReading> readings = new ArrayList<>();

    FakeReadings() {
        readings.add(new RecordedReading(7, false, FakeSouthbound.reading(FakeSouthbound.TEMPERATURE, 71.5)));
        readings.add(new RecordedReading(
                1,
                false,
                new Reading(
                        TagId.of("press-1", "humidity"),
                        Optional.empty(),
                        Quality.bad(Quality.STALE),
                        FakeSouthbound.NOON,
                        FakeSouthbound.NOON,
                        Optional.empty())));
    }

    @Override
    public List<RecordedReading> all() {
        return List.copyOf(readings);
    }

    @Override
    public Optional<RecordedReading> latest(TagId tag) {
        return readings.stream().filter(r -> r.reading().tag().equals(tag)).findFirst();
    }
}
