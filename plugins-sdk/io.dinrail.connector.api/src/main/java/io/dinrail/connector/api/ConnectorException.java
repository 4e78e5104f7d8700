package io.dinrail.connector.api;

/** An exchange failed; the message is one sentence for a person, with host, unit or node in it. */
public final class ConnectorException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What the host does next. */
    public enum Reason {
        /** Closes, waits with back-off and opens again. */
        LOST,
        /** Keeps the connection: the device answered, and refused this request. */
        REFUSED,
        /** Stops until the configuration changes. */
        CONFIG
    }

    private final Reason reason;

    /**
     * Says what failed.
     *
     * @param reason what the host does next.
     * @param message one sentence for a person.
     */
    public ConnectorException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /**
     * Says what failed, and why.
     *
     * @param reason what the host does next.
     * @param message one sentence for a person.
     * @param cause for the log.
     */
    public ConnectorException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** @return what the host does next. */
    public Reason reason() {
        return reason;
    }
}
