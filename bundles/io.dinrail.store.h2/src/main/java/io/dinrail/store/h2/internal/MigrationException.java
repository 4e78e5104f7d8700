package io.dinrail.store.h2.internal;

/** A schema cannot be brought to the version that its bundle needs; the message is one sentence for the operator. */
final class MigrationException extends Exception {
    private static final long serialVersionUID = 1L;

    MigrationException(String message) {
        super(message);
    }

    MigrationException(String message, Throwable cause) {
        super(message, cause);
    }
}
