package io.dinrail.southbound.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.connector.api.ConnectorState;
import io.dinrail.event.api.ConnectorChanged;
import io.dinrail.event.api.ConnectorChanged.Kind;
import io.dinrail.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifeCycleTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final ManualClock clock = new ManualClock(NOON);
    private final List<ConnectorChanged> events = new ArrayList<>();
    private final LifeCycle life = new LifeCycle("filler", new Timepiece(clock, () -> 0), events::add);

    private List<Kind> kinds() {
        return events.stream().map(ConnectorChanged::kind).toList();
    }

    @Test
    void theFirstConnectionIsAStartAndEveryLaterOneARecovery() {
        life.starting();
        life.lost("nobody there");
        life.connected();
        life.connected();
        life.lost("gone");
        life.connected();
        assertThat(kinds()).containsExactly(Kind.DEGRADED, Kind.STARTED, Kind.DEGRADED, Kind.RECOVERED);
    }

    @Test
    void aNewReasonIsShownButNotToldAgain() {
        life.starting();
        life.lost("refused");
        clock.advance(Duration.ofSeconds(5));
        life.lost("timed out");
        assertThat(life.view()).isEqualTo(new LifeCycle.View(ConnectorState.DEGRADED, "timed out", NOON));
        assertThat(events).hasSize(1);
    }

    @Test
    void theEndingsAreToldWithTheirReason() {
        life.starting();
        life.failed("port: 'abc'");
        life.starting();
        life.quarantined("a defect");
        life.stopped("stopped by hand");
        life.stopped("stopped by hand");
        assertThat(kinds()).containsExactly(Kind.FAILED, Kind.QUARANTINED, Kind.STOPPED);
        assertThat(events.get(1).reason()).isEqualTo("a defect");
    }
}
