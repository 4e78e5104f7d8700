package io.dinrail.connector.api;

/** An exchange failed; the message is one sentence for a person, with host, unit or node in it. */
public final class ConnectorException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What the host does next. */
    public enum Reason {
        /** Closes, waits with back-off and opens again. */
        LOST,
        /**
         * Keeps the connection, and lets the lane of the points in question rest, with back-off: others are not disturbed. When every lane in use failed
         * and none answered since, the host takes the connection as {@link #LOST}.
         */
        LANE,
        /** Keeps the connection: the device answered, and refused this request. */
        REFUSED,
        /** Stops until the configuration changes. */
        CONFIG
    }

    private final Reason reason;
    private final String code;

    /**
     * Says what failed.
     *
     * @param reason what the host does next.
     * @param message one sentence for a person.
     */
    public ConnectorException(Reason reason, String message) {
        super(message);
        this.reason = reason;
        this.code = "";
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
        this.code = "";
    }

    private ConnectorException(String code, String message) {
        super(message);
        this.reason = Reason.REFUSED;
        this.code = code;
    }

    /**
     * Says that the device answered and refused.
     *
     * @param code the device's own, such as {@code exception 02} or {@code Bad_UserAccessDenied}.
     * @param message one sentence for a person, with the code in it.
     * @return the failure, with {@link Reason#REFUSED}.
     */
    public static ConnectorException refused(String code, String message) {
        return new ConnectorException(code, message);
    }

    /** @return the code of the device that refused; empty if there is none. */
    public String code() {
        return code;
    }

    /** @return what the host does next. */
    public Reason reason() {
        return reason;
    }
}
