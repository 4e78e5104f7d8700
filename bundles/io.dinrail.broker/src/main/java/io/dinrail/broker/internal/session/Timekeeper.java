package io.dinrail.broker.internal.session;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows when wills and sessions of absent clients are due; what is to be done then is done on the house's lane. */
final class Timekeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Timekeeper.class);
    private static final int MS = 1000;

    private final Broker broker;
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, task -> {
        Thread named = new Thread(task, "dinrail-broker-time");
        named.setDaemon(true);
        return named;
    });

    Timekeeper(Broker broker) {
        this.broker = broker;
        clock.setRemoveOnCancelPolicy(true);
        clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Begins to watch a session whose client has left; to be called by the holder of its seat, or before anybody is served. */
    void watch(Session session) {
        long due = end(session);
        if (session.will().isPresent()) {
            due = Math.min(due, session.willDue());
        }
        try {
            session.alarm(clock.schedule(
                            () -> session.realm().claimIfFree(session, overdue(session)),
                            Math.max(0, due - broker.now()),
                            TimeUnit.MILLISECONDS))
                    .ifPresent(before -> before.cancel(false));
        } catch (RejectedExecutionException e) {
            LOG.debug("the broker is stopping", e);
        }
    }

    private Turn overdue(Session session) {
        return new Turn(broker, session.realm(), session.clientId(), seat -> look(session));
    }

    void cancel(Session session) {
        session.alarm(null).ifPresent(alarm -> alarm.cancel(false));
    }

    private static long end(Session session) {
        return session.leftAt() + session.expiry() * MS;
    }

    /** Its time has come, unless its client came first. */
    private void look(Session session) {
        if (broker.now() >= end(session)) {
            broker.endings().end(session, broker.house());
            return;
        }
        if (broker.now() >= session.willDue()) {
            broker.endings().publishWill(session, broker.house());
            broker.endings().record(session, broker.house());
        }
        watch(session);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
