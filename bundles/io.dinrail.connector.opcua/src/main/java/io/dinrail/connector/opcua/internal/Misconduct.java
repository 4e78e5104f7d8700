package io.dinrail.connector.opcua.internal;

import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;

/** The server broke the protocol; the message says how. */
final class Misconduct extends UaException {
    private static final long serialVersionUID = 1L;

    Misconduct(String what) {
        super(StatusCodes.Bad_CommunicationError, what);
    }
}
