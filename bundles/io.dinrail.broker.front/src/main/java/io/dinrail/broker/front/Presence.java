package io.dinrail.broker.front;

import io.dinrail.event.api.BusEvents;
import io.dinrail.event.api.DevicePresence;
import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Principal;
import io.dinrail.model.api.DeviceId;
import java.time.Clock;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.osgi.service.event.EventAdmin;

/**
 * Tells the bus which devices come and go, from a thread of its own, since handlers run on the sender's; safe for use by many threads.
 */
public final class Presence implements AutoCloseable {
    private static final int WAITING = 10_000;

    private final EventAdmin bus;
    private final Predicate<String> connected;
    private final Clock clock;
    private final ThreadPoolExecutor teller;

    /**
     * Starts to tell.
     *
     * @param bus hears it.
     * @param connected whether a login name has a connection left.
     * @param clock tells when.
     * @param losses counts what couldn't be told.
     */
    public Presence(EventAdmin bus, Predicate<String> connected, Clock clock, Losses losses) {
        this.bus = bus;
        this.connected = connected;
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

    /**
     * Tells that somebody is connected.
     *
     * @param who told of only if it is a device of the default organisation.
     */
    public void came(Principal who) {
        tell(who, true, "");
    }

    /**
     * Tells that a connection has ended; a device with another one left is still there.
     *
     * @param who told of only if it is a device of the default organisation.
     * @param reason in a word.
     */
    public void left(Principal who, String reason) {
        if (!connected.test(who.login())) {
            tell(who, false, reason);
        }
    }

    private void tell(Principal who, boolean online, String reason) {
        if (who.organisation().equals(Organisation.DEFAULT) && who.isDevice()) {
            DevicePresence event = new DevicePresence(online, new DeviceId(who.name()), reason, clock.instant());
            teller.execute(() -> bus.sendEvent(BusEvents.wrap(event)));
        }
    }

    /** Tells what is still to be told, for a second at most. */
    @Override
    public void close() {
        teller.shutdown();
        Threads.join(teller);
    }
}
