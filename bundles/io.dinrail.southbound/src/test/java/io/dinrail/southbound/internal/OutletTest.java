package io.dinrail.southbound.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.event.api.ReadingIntake;
import io.dinrail.model.api.Quality;
import io.dinrail.model.api.Reading;
import io.dinrail.model.api.TagId;
import io.dinrail.model.api.TagValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutletTest {
    private final List<Integer> taken = new ArrayList<>();
    private final Counters counters = new Counters();
    private final Losses losses = new Losses();
    private boolean diskFull;
    private final ReadingIntake bus = readings -> {
        if (diskFull) {
            throw new IllegalStateException("the disk is full");
        }
        readings.forEach(reading ->
                taken.add((int) reading.value().orElseThrow().number().orElseThrow()));
    };
    private final Outlet outlet = new Outlet("filler", () -> Optional.of(bus), counters, losses);

    private static List<Reading> readings(int from, int count) {
        List<Reading> all = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            Instant at = Instant.EPOCH;
            all.add(new Reading(
                    TagId.of("d", "t"), Optional.of(TagValue.of(i)), Quality.GOOD, at, at, Optional.empty()));
        }
        return all;
    }

    @Test
    void whatTheBusCanNotTakeWaitsInOrder() {
        outlet.send(readings(0, 1));
        diskFull = true;
        outlet.send(readings(1, 2));
        diskFull = false;
        outlet.send(readings(3, 1));
        outlet.flush();
        assertThat(taken).containsExactly(0, 1, 2, 3);
        assertThat(losses.view()).containsEntry("southbound.backlog-full", 0L);
    }

    @Test
    void ofTooMuchTheOldestIsDroppedAndCounted() {
        diskFull = true;
        outlet.send(readings(0, Outlet.LONGEST));
        outlet.send(readings(Outlet.LONGEST, 3));
        diskFull = false;
        outlet.flush();
        assertThat(taken).hasSize(Outlet.LONGEST).startsWith(3, 4);
        assertThat(Collections.max(taken)).isEqualTo(Outlet.LONGEST + 2);
        assertThat(counters.get(Counter.LOST)).isEqualTo(3);
        assertThat(losses.view()).containsEntry("southbound.backlog-full", 3L);
    }
}
