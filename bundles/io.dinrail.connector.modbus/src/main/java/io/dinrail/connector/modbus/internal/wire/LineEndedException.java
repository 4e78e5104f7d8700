package io.dinrail.connector.modbus.internal.wire;

import java.io.IOException;

/** The other side closed the connection in good order. */
final class LineEndedException extends IOException {
    private static final long serialVersionUID = 1L;

    LineEndedException() {
        super("closed the connection");
    }
}
