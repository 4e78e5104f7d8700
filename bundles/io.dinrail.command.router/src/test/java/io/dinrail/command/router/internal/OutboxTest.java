package io.dinrail.command.router.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.event.api.BusEvents;
import io.dinrail.event.api.DevicePresence;
import io.dinrail.model.api.DeviceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

class OutboxTest {
    private static final DevicePresence NEWS =
            new DevicePresence(true, new DeviceId("press-1"), "", Instant.parse("2026-11-22T12:00:00Z"));

    private final List<Event> told = new ArrayList<>();
    private boolean stopped;

    private final EventAdmin events = new EventAdmin() {
        @Override
        public void postEvent(Event event) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void sendEvent(Event event) {
            if (stopped) {
                throw new IllegalStateException("The EventAdmin is stopped");
            }
            told.add(event);
        }
    };

    @Test
    void whatIsDoneIsDoneEvenIfEventAdminCannotBeTold() {
        Outbox outbox = new Outbox(events);
        stopped = true;
        outbox.add(NEWS);
        outbox.send();
        stopped = false;
        outbox.add(NEWS);
        outbox.send();
        assertThat(told)
                .singleElement()
                .satisfies(event -> assertThat(BusEvents.unwrap(event, DevicePresence.class))
                        .contains(NEWS));
    }
}
