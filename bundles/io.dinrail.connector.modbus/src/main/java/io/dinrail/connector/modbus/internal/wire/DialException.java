package io.dinrail.connector.modbus.internal.wire;

import java.io.IOException;

/** A connection could not be made; the message is for a person. */
final class DialException extends IOException {
    private static final long serialVersionUID = 1L;

    DialException(String message, Throwable cause) {
        super(message, cause);
    }

    DialException(String message) {
        super(message);
    }
}
