package io.dinrail.broker.internal.session;

/** Counts what was lost or refused, by cause, and says so, bounded; safe for use by many threads. */
public interface Ledger {
    /**
     * Counts once.
     *
     * @param cause such as {@code queue.overflow}.
     * @param who the client id, or another name.
     * @param sentence for a person: what happened and what became of it.
     */
    void count(String cause, String who, String sentence);

    /**
     * Counts once, with what failed.
     *
     * @param cause such as {@code identity.failed}.
     * @param who the client id, or another name.
     * @param sentence for a person.
     * @param why what failed.
     */
    void count(String cause, String who, String sentence, Throwable why);
}
