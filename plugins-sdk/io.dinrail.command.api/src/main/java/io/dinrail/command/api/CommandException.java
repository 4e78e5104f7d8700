package io.dinrail.command.api;

/** A command was not taken; the message is one sentence for whoever sent it. */
public final class CommandException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What the caller does next. */
    public enum Reason {
        /** Look at the list of devices or commands. */
        UNKNOWN,
        /** Correct what was given. */
        REFUSED,
        /** Wait until commands ahead of it are done. */
        FULL,
        /** Mend the store (the message says what is wrong) and try again. */
        STORE
    }

    private final Reason reason;

    /**
     * Says what went wrong.
     *
     * @param reason what the caller does next.
     * @param message one sentence for a person.
     */
    public CommandException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** @return what the caller does next. */
    public Reason reason() {
        return reason;
    }
}
