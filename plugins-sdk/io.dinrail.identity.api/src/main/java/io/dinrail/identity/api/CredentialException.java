package io.dinrail.identity.api;

/** A credential could not be issued or revoked; the message is one sentence for the person who asked. */
public final class CredentialException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What the caller does next. */
    public enum Reason {
        /** Ask for another name. */
        TAKEN,
        /** Correct the name, rule set or client ids. */
        REFUSED,
        /** Look at the list. */
        UNKNOWN,
        /** Mend the store (its message says what is wrong) and try again. */
        STORE
    }

    private final Reason reason;

    /**
     * Says what went wrong.
     *
     * @param reason what the caller does next.
     * @param message one sentence for a person.
     */
    public CredentialException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** @return what the caller does next. */
    public Reason reason() {
        return reason;
    }
}
