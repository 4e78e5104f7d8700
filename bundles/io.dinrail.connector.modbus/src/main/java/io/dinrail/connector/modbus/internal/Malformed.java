package io.dinrail.connector.modbus.internal;

/** An answer that doesn't fit its request; nothing in it can be believed. */
final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
        super(message);
    }
}
