package io.dinrail.broker.internal.transport;

import io.dinrail.broker.front.Losses;
import io.dinrail.broker.front.Turnstile;
import io.dinrail.broker.internal.link.LinkAcceptor;
import java.time.Clock;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;

/** What all connections have in common. */
record Shared(
        TransportSettings settings,
        TimeLimits limits,
        Supplier<SSLEngine> tls,
        LinkAcceptor acceptor,
        Losses losses,
        Turnstile turnstile,
        Connections connections) {
    Shared(
            TransportSettings settings,
            TimeLimits limits,
            Supplier<SSLEngine> tls,
            LinkAcceptor acceptor,
            Losses losses,
            Clock clock) {
        this(
                settings,
                limits,
                tls,
                acceptor,
                losses,
                new Turnstile(settings.bounds().connects(), settings.bounds().anyConnects(), clock),
                new Connections(settings.bounds()));
    }
}
