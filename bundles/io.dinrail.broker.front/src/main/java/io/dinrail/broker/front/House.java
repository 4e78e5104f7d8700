package io.dinrail.broker.front;

import io.dinrail.event.api.BusEvents;
import io.dinrail.event.api.CredentialChanged;
import io.dinrail.messaging.api.MessageBroker;
import io.dinrail.messaging.api.MessageListener;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.event.Event;

/**
 * What the component of each engine does: keeps an engine running, offers it as {@link MessageBroker} while it serves, and tells it of revoked credentials. Safe for
 * use by many threads.
 */
public final class House implements AutoCloseable {
    private static final int MS_TO_LOOK_AGAIN = 500;

    private final Audience audience;
    private final Runner<? extends BrokerEngine> runner;
    private final ScheduledThreadPoolExecutor revoker =
            new ScheduledThreadPoolExecutor(1, task -> Threads.daemon("dinrail-broker-revoke", task));

    private House(Audience audience, Runner<? extends BrokerEngine> runner) {
        this.audience = audience;
        this.runner = runner;
    }

    /**
     * Starts to make engines, on a thread of its own.
     *
     * @param context offers the service.
     * @param parts what each engine stands on.
     * @param maker makes them.
     * @return the house.
     */
    public static House open(BundleContext context, Parts parts, BrokerEngine.Maker<?> maker) {
        House house = new House(parts.audience(), new Runner<>(parts, maker, engine -> {
            ServiceRegistration<MessageBroker> service = context.registerService(MessageBroker.class, engine, null);
            return service::unregister;
        }));
        house.runner.start();
        return house;
    }

    /**
     * Lets a listener hear.
     *
     * @param listener hears.
     * @param filters a filter, or several, as the property of its service has them.
     */
    public void add(MessageListener listener, Object filters) {
        audience.add(listener, filters);
    }

    /**
     * Lets a listener go.
     *
     * @param listener doesn't hear any more.
     */
    public void remove(MessageListener listener) {
        audience.remove(listener);
    }

    /**
     * Ends what a revoked credential has. Looks twice: a client that is being thrown out may leave its session behind after the first time.
     *
     * @param event of a credential; others are nothing to it.
     */
    public void revoke(Event event) {
        BusEvents.unwrap(event, CredentialChanged.class).ifPresent(change -> {
            Runnable revoke = () -> runner.serving().ifPresent(engine -> engine.revoke(change.name()));
            revoker.execute(revoke);
            revoker.schedule(revoke, MS_TO_LOOK_AGAIN, TimeUnit.MILLISECONDS);
        });
    }

    /** Ends the engine and all threads. */
    @Override
    public void close() {
        revoker.shutdownNow();
        runner.close();
    }
}
