package io.dinrail.messaging.bridge.internal;

import io.dinrail.command.api.CommandWaker;
import io.dinrail.event.api.BusEvents;
import io.dinrail.event.api.DevicePresence;
import io.dinrail.event.api.Topics;
import io.dinrail.model.api.DeviceId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;

/** Tells the router when a device is back: a moment after it connected, because it subscribes only then, and twice more for slow ones. */
@Component(service = EventHandler.class, property = EventConstants.EVENT_TOPIC + "=" + Topics.DEVICE + "ONLINE")
public final class ReturningDevices implements EventHandler {
    private static final List<Duration> AFTER =
            List.of(Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofSeconds(4));

    private static final int MOST_WAITING = 30_000;

    private final CommandWaker router;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, step -> {
        Thread thread = new Thread(step, "dinrail-returning-devices");
        thread.setDaemon(true);
        return thread;
    });

    @Activate
    public ReturningDevices(@Reference CommandWaker router) {
        this.router = router;
    }

    @Deactivate
    void stop() {
        timer.shutdownNow();
    }

    @Override
    public void handleEvent(Event event) {
        BusEvents.unwrap(event, DevicePresence.class)
                .filter(DevicePresence::online)
                .ifPresent(presence -> wakeSoon(presence.device()));
    }

    private void wakeSoon(DeviceId device) {
        if (timer.getQueue().size() > MOST_WAITING) {
            return; // nothing is lost: the router tries by itself every half minute
        }
        for (Duration after : AFTER) {
            var ignored = timer.schedule(() -> router.reachable(device), after.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
