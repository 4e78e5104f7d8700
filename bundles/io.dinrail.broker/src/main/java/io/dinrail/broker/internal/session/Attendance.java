package io.dinrail.broker.internal.session;

import io.dinrail.identity.api.Principal;

/** Hears who comes and goes; safe for use by many threads, returns at once. */
public interface Attendance {
    /**
     * Hears that a client was let in.
     *
     * @param principal who it is.
     */
    void came(Principal principal);

    /**
     * Hears that a client is gone.
     *
     * @param principal who it is.
     * @param stays whether another connection of the same login is left.
     * @param reason in a word, such as {@code connection-lost}.
     */
    void left(Principal principal, boolean stays, String reason);
}
