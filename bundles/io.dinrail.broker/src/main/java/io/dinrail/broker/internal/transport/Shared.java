package io.dinrail.broker.internal.transport;

import io.dinrail.broker.internal.link.LinkAcceptor;

/** What all connections have in common. */
record Shared(
        TransportSettings settings,
        TimeLimits limits,
        LinkAcceptor acceptor,
        Incidents incidents,
        Connections connections) {
    Shared(TransportSettings settings, TimeLimits limits, LinkAcceptor acceptor, Incidents incidents) {
        this(settings, limits, acceptor, incidents, new Connections());
    }
}
