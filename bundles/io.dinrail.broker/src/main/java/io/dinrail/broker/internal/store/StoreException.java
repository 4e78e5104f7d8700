package io.dinrail.broker.internal.store;

/** Why nothing was stored, or nothing read. */
public final class StoreException extends Exception {
    private static final long serialVersionUID = 1;

    public enum Reason {
        /** The bound of the store is reached: refuse, or remove something and try again. */
        FULL,
        /** The disk refuses to be written: refuse, and try again later. */
        DISK,
        /** What was asked for is damaged: drop it and go on. */
        DAMAGED,
        /** The store is closed. */
        CLOSED
    }

    private final Reason reason;

    StoreException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    StoreException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
