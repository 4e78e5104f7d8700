package io.dinrail.broker.internal.transport;

import io.dinrail.broker.front.Losses;
import io.dinrail.broker.front.Turnstile;
import io.dinrail.broker.internal.link.LinkAcceptor;
import io.dinrail.identity.api.ServerKeys;
import java.time.Clock;

/** What all connections have in common. */
record Shared(
        TransportSettings settings,
        TimeLimits limits,
        ServerKeys keys,
        LinkAcceptor acceptor,
        Losses losses,
        Turnstile turnstile,
        Connections connections) {
    Shared(
            TransportSettings settings,
            TimeLimits limits,
            ServerKeys keys,
            LinkAcceptor acceptor,
            Losses losses,
            Clock clock) {
        this(
                settings,
                limits,
                keys,
                acceptor,
                losses,
                new Turnstile(settings.bounds().connects(), settings.bounds().anyConnects(), clock),
                new Connections(settings.bounds()));
    }
}
