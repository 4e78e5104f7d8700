package io.dinrail.broker.moquette.internal;

import io.dinrail.event.api.BusEvents;
import io.dinrail.event.api.DevicePresence;
import io.dinrail.model.api.DeviceId;
import java.time.Clock;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.service.event.EventAdmin;

/** Tells the bus which devices come and go, from a thread of its own, since handlers run on the sender's. */
final class Presence implements AutoCloseable {
    private static final int WAITING = 10_000;

    private final EventAdmin bus;
    private final Clients clients;
    private final Clock clock;
    private final ThreadPoolExecutor teller;

    Presence(EventAdmin bus, Clients clients, Clock clock, Losses losses) {
        this.bus = bus;
        this.clients = clients;
        this.clock = clock;
        this.teller = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(WAITING),
                task -> Threads.daemon("dinrail-broker-presence", task),
                (task, pool) -> losses.count("presence.dropped", "broker", "too many devices come and go to tell"));
    }

    void came(Client client) {
        tell(client, true, "");
    }

    /** A device with another connection left is still there. */
    void left(Client client) {
        if (!clients.any(client.principal().login())) {
            tell(client, false, client.leaving());
        }
    }

    private void tell(Client client, boolean online, String reason) {
        if (client.inDefault() && client.principal().isDevice()) {
            DeviceId device = new DeviceId(client.principal().name());
            DevicePresence event = new DevicePresence(online, device, reason, clock.instant());
            teller.execute(() -> bus.sendEvent(BusEvents.wrap(event)));
        }
    }

    @Override
    public void close() {
        teller.shutdown();
        Threads.join(teller);
    }
}
