package io.dinrail.connector.modbus.internal.wire;

/** An answer breaks the protocol: nothing in it can be believed, nor anything that comes after it on this connection. */
final class Violation extends Exception {
    private static final long serialVersionUID = 1L;

    private final Fault fault;

    Violation(Fault fault, String message) {
        super(message);
        this.fault = fault;
    }

    Fault fault() {
        return fault;
    }
}
