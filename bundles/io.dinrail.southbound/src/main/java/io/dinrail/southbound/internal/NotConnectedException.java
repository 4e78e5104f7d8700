package io.dinrail.southbound.internal;

/** Nothing was sent to the device, since its connector isn't connected; the message says so in one sentence. */
final class NotConnectedException extends Exception {
    private static final long serialVersionUID = 1L;

    NotConnectedException(String message) {
        super(message);
    }
}
