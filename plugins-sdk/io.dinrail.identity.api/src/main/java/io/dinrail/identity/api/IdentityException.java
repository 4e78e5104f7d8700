package io.dinrail.identity.api;

/** What was asked of identity could not be done and nothing was changed; the message is one sentence for the person who asked, without a secret. */
public final class IdentityException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What the caller does next. */
    public enum Reason {
        /** Ask for another name. */
        TAKEN,
        /** Correct what was asked for. */
        REFUSED,
        /** Look at the list. */
        UNKNOWN,
        /** Mend the store or the file that the message names and try again. */
        STORE
    }

    private final Reason reason;

    /**
     * Says what went wrong.
     *
     * @param reason what the caller does next.
     * @param message one sentence for a person.
     */
    public IdentityException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** @return what the caller does next. */
    public Reason reason() {
        return reason;
    }
}
