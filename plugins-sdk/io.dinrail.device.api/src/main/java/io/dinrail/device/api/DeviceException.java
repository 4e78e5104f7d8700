package io.dinrail.device.api;

/** The register could not be changed; the message is one sentence for the person who asked. */
public final class DeviceException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What the caller does next. */
    public enum Reason {
        /** Look at what is there under that id. */
        TAKEN,
        /** Correct what was given. */
        REFUSED,
        /** Look at the list. */
        UNKNOWN,
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
    public DeviceException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** @return what the caller does next. */
    public Reason reason() {
        return reason;
    }
}
