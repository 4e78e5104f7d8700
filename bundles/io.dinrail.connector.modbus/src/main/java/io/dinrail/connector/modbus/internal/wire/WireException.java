package io.dinrail.connector.modbus.internal.wire;

/** The connection is of no more use and closed; what was in flight has no answer. */
public final class WireException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What made it so. */
    public enum Kind {
        /** It could not be made. */
        CONNECT,
        /** The other side closed or broke it. */
        CLOSED,
        /** The other side broke the protocol. */
        VIOLATION
    }

    private final Kind kind;

    WireException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** @return what made the connection useless. */
    public Kind kind() {
        return kind;
    }
}
