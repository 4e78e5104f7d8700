package io.dinrail.event.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dinrail.model.api.DeviceId;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.service.event.Event;

class BusEventsTest {
    private static final DevicePresence ONLINE = new DevicePresence(true, new DeviceId("press-1"), "", Instant.EPOCH);

    @Test
    void aTypedEventComesOutAsItWentIn() {
        Event raw = BusEvents.wrap(ONLINE);
        assertThat(raw.getTopic()).isEqualTo("io/dinrail/device/ONLINE");
        assertThat(BusEvents.unwrap(raw, DevicePresence.class)).containsSame(ONLINE);
    }

    @Test
    void anEventOfAnotherTypeOrOriginCarriesNothing() {
        assertThat(BusEvents.unwrap(BusEvents.wrap(ONLINE), AlertChanged.class)).isEmpty();
        assertThat(BusEvents.unwrap(new Event("io/dinrail/device/ONLINE", Map.of()), DevicePresence.class))
                .isEmpty();
    }

    @Test
    void aGapCountsBothItsEnds() {
        assertThat(new Gap(new DeviceId("a"), 5, 7).count()).isEqualTo(3);
        assertThatThrownBy(() -> new Gap(new DeviceId("a"), 7, 5)).isInstanceOf(IllegalArgumentException.class);
    }
}
