package io.dinrail.connector.modbus.internal.wire;

import java.io.IOException;

/** Makes lines to one endpoint; blocks at most for the timeout. */
interface Dialer {
    /** @throws IOException if there is none; the message says why, without the endpoint. */
    Line dial() throws IOException;

    /** @return whether what is wrong on a line goes away with the line: a serial line only has to fall silent. */
    boolean helpsToRedial();
}
