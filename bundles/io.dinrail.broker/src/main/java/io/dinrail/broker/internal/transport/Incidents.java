package io.dinrail.broker.internal.transport;

/** Counts what the network refuses, and says so seldom enough for a log; called by many threads. */
public interface Incidents {
    /**
     * Counts what a stranger may cause.
     *
     * @param cause such as {@code connect.refused}.
     * @param who an address.
     * @param sentence what happened.
     */
    void count(String cause, String who, String sentence);

    /**
     * Counts what shouldn't have happened.
     *
     * @param cause such as {@code connection.failed}.
     * @param who an address.
     * @param sentence what happened.
     * @param why with its trace.
     */
    void count(String cause, String who, String sentence, Throwable why);
}
