package io.moquette.broker;

/** Hears what the engine would lose without a word; called on its threads, returns at once. */
public interface Trouble {
    /**
     * A session's command failed; the loop goes on.
     *
     * @param clientId whose session; of a batch the first one's.
     * @param what the engine's name of the command.
     * @param cause why.
     */
    void failed(String clientId, String what, Throwable cause);

    /**
     * A session's command was not taken, since too many wait.
     *
     * @param clientId whose session.
     * @param what the engine's name of the command.
     */
    void full(String clientId, String what);

    /** The oldest message waiting for an absent client was dropped for a new one. */
    void overflow();

    /**
     * The store can't be written any more.
     *
     * @param cause why.
     */
    void storeFailed(Throwable cause);
}
