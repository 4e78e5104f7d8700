package io.moquette.persistence;

import io.moquette.broker.ISessionsRepository;
import io.moquette.broker.ISubscriptionsRepository;
import java.time.Clock;
import org.h2.mvstore.MVStore;

/** Opens Moquette's stores, whose constructors are visible in this package only. */
public final class Repositories {
    private Repositories() {}

    /**
     * Opens the subscriptions.
     *
     * @param store where they are kept.
     * @return the subscriptions.
     */
    public static ISubscriptionsRepository subscriptions(MVStore store) {
        return new H2SubscriptionsRepository(store);
    }

    /**
     * Opens the sessions.
     *
     * @param store where they are kept.
     * @return the sessions.
     */
    public static ISessionsRepository sessions(MVStore store) {
        return new H2SessionsRepository(store, Clock.systemUTC());
    }
}
