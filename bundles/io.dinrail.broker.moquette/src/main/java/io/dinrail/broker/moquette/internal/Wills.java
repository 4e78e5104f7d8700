package io.dinrail.broker.moquette.internal;

import io.dinrail.broker.front.Audience;
import io.dinrail.broker.front.Losses;
import io.dinrail.broker.front.Threads;
import io.dinrail.messaging.api.Message;
import io.moquette.broker.MoquetteCore;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Publishes last wills, at once or when their delay is over. The engine gets no will to see: it would publish it unasked, and neither keeps it nor tells
 * anybody inside. Safe for use by many threads.
 */
final class Wills implements AutoCloseable {
    private static final int WAITING = 10_000;

    private record Key(String organisation, String clientId) {}

    private record Waiting(String owner, Runnable publish, Future<?> task) {}

    private final Audience audience;
    private final Losses losses;
    private final Clock clock;
    private final Map<Key, Waiting> waiting = new HashMap<>();
    private final ScheduledThreadPoolExecutor later =
            new ScheduledThreadPoolExecutor(1, task -> Threads.daemon("dinrail-broker-wills", task));

    Wills(Audience audience, Losses losses, Clock clock) {
        this.audience = audience;
        this.losses = losses;
        this.clock = clock;
        later.setRemoveOnCancelPolicy(true);
        later.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Takes the will of a client that left without a goodbye. */
    void left(Client client, Will will, MoquetteCore core) {
        Runnable publish = () -> publish(client, will.message(), will, core);
        if (will.delay() == 0 || !delayed(client, will, publish)) {
            publish.run();
        }
    }

    private synchronized boolean delayed(Client client, Will will, Runnable publish) {
        if (waiting.size() >= WAITING) {
            return false;
        }
        Key key = new Key(client.organisation(), client.id());
        try {
            Future<?> task = later.schedule(() -> due(key), will.delay(), TimeUnit.SECONDS);
            waiting.put(key, new Waiting(client.owner(), publish, task));
            return true;
        } catch (RejectedExecutionException e) { // stopping: said now rather than never
            return false;
        }
    }

    private void due(Key key) {
        Waiting will;
        synchronized (this) {
            will = waiting.remove(key);
        }
        if (will != null) {
            will.publish().run();
        }
    }

    /**
     * Hears that a client is back: its will need not be published, unless it ends the session that the will belongs to.
     *
     * @param anew whether it begins a new session.
     */
    void returned(Client client, boolean anew) {
        Waiting will;
        synchronized (this) {
            will = waiting.remove(new Key(client.organisation(), client.id()));
        }
        if (will != null) {
            will.task().cancel(false);
            if (anew) {
                will.publish().run();
            }
        }
    }

    /** Drops what a login name whose credential is gone left behind. */
    synchronized void forget(String owner) {
        waiting.values().removeIf(will -> will.owner().equals(owner)); // whose time comes finds nothing
    }

    private void publish(Client client, Message message, Will will, MoquetteCore core) {
        try {
            boolean kept = message.retain() && !Publishing.isCommand(message.topic());
            core.publishWill(message.topic(), message.payload(), message.qos(), kept, will.properties());
        } catch (RuntimeException e) {
            losses.count("will.lost", client.shownId(), "its last will could not be published", e);
        }
        if (client.inDefault()) {
            audience.tell(message, client.principal().login(), clock.instant());
        }
    }

    @Override
    public void close() {
        later.shutdown();
        Threads.join(later);
    }
}
