package io.dinrail.identity.h2.internal;

/** A file of secrets can't be used; the message is one sentence for the operator and holds no secret. */
final class SecretsException extends Exception {
    private static final long serialVersionUID = 1L;

    SecretsException(String message) {
        super(message);
    }

    SecretsException(String message, Exception cause) {
        super(message + " (" + cause.getClass().getSimpleName() + ": " + cause.getMessage() + ")", cause);
    }
}
