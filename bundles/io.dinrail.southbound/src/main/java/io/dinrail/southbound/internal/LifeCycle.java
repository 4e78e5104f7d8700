package io.dinrail.southbound.internal;

import io.dinrail.connector.api.ConnectorState;
import io.dinrail.event.api.ConnectorChanged;
import io.dinrail.event.api.ConnectorChanged.Kind;
import java.time.Instant;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one state machine of one instance: every change passes here, is logged once and told to the bus; safe for use by many threads. */
final class LifeCycle {
    private static final Logger LOG = LoggerFactory.getLogger(LifeCycle.class);

    /** The state at one moment. */
    record View(ConnectorState state, String reason, Instant since) {}

    private final String name;
    private final Timepiece time;
    private final Consumer<ConnectorChanged> events;
    private volatile View view;
    private boolean ranBefore;

    LifeCycle(String name, Timepiece time, Consumer<ConnectorChanged> events) {
        this.name = name;
        this.time = time;
        this.events = events;
        this.view = new View(ConnectorState.STOPPED, "", time.now());
    }

    View view() {
        return view;
    }

    boolean running() {
        return view.state() == ConnectorState.RUNNING;
    }

    synchronized void starting() {
        ranBefore = false;
        enter(ConnectorState.STARTING, "");
    }

    synchronized void connected() {
        if (enter(ConnectorState.RUNNING, "")) {
            LOG.info("{} {}", name, ranBefore ? "is connected again" : "runs");
            tell(ranBefore ? Kind.RECOVERED : Kind.STARTED);
            ranBefore = true;
        }
    }

    /** Says what isn't as it should be although it runs; empty if nothing. */
    synchronized void remark(String reason) {
        if (running()) {
            view = new View(view.state(), reason, view.since());
        }
    }

    synchronized void lost(String reason) {
        if (enter(ConnectorState.DEGRADED, reason)) {
            LOG.warn("{} is degraded and tries again by itself: {}", name, reason);
            tell(Kind.DEGRADED);
        }
    }

    synchronized void failed(String reason) {
        if (enter(ConnectorState.FAILED, reason)) {
            LOG.error("{} failed and waits until its configuration changes: {}", name, reason);
            tell(Kind.FAILED);
        }
    }

    synchronized void quarantined(String reason) {
        if (enter(ConnectorState.QUARANTINED, reason)) {
            LOG.error("{} is in quarantine until somebody starts it: {}", name, reason);
            tell(Kind.QUARANTINED);
        }
    }

    synchronized void stopped(String reason) {
        if (enter(ConnectorState.STOPPED, reason)) {
            LOG.info("{} is stopped: {}", name, reason);
            tell(Kind.STOPPED);
        }
    }

    /** @return whether the state is another than before; a new reason alone is taken silently. */
    private boolean enter(ConnectorState state, String reason) {
        boolean changed = view.state() != state;
        view = new View(state, reason, changed ? time.now() : view.since());
        return changed;
    }

    // under the lock, so that the bus hears the changes in their order; its handlers don't block
    private void tell(Kind kind) {
        events.accept(new ConnectorChanged(kind, name, view.reason(), view.since()));
    }
}
