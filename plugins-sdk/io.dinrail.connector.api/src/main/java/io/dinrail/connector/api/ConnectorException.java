package io.dinrail.connector.api;

import java.util.List;
import java.util.Optional;

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
        /**
         * Keeps the connection and what is known of the lane, which was not heard to the end in the time that the others could wait
         * ({@link ConnectorContext#patience}): they go first, then the points that are left are read again. If nothing was heard of it, that is with the
         * whole {@link Connector#laneTimeout}. Only for {@link Connector#read}.
         */
        LATER,
        /** Stops until the configuration changes. */
        CONFIG
    }

    private final Reason reason;
    private final String code;
    private final transient List<Optional<Sample>> samples;

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
        this.samples = List.of();
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
        this.samples = List.of();
    }

    private ConnectorException(Reason reason, String code, List<Optional<Sample>> samples, String message) {
        super(message);
        this.reason = reason;
        this.code = code;
        this.samples = List.copyOf(samples);
    }

    /**
     * Says that the device answered and refused.
     *
     * @param code the device's own, such as {@code exception 02} or {@code Bad_UserAccessDenied}.
     * @param message one sentence for a person, with the code in it.
     * @return the failure, with {@link Reason#REFUSED}.
     */
    public static ConnectorException refused(String code, String message) {
        return new ConnectorException(Reason.REFUSED, code, List.of(), message);
    }

    /**
     * Says that the lane answered, and that others are to go before the rest of it. Of a lane that was not heard at all a plain {@link Reason#LATER}
     * tells.
     *
     * @param samples one a point, in the order in which they were asked for; empty where it is left, at least one isn't.
     * @param message one sentence for a person.
     * @return the failure, with {@link Reason#LATER}.
     */
    public static ConnectorException later(List<Optional<Sample>> samples, String message) {
        return new ConnectorException(Reason.LATER, "", samples, message);
    }

    /** @return the code of the device that refused; empty if there is none. */
    public String code() {
        return code;
    }

    /** @return what was read before a read was left for later, one a point, empty where it is left; no samples at all if nothing was. */
    public List<Optional<Sample>> samples() {
        return samples;
    }

    /** @return what the host does next. */
    public Reason reason() {
        return reason;
    }
}
