package io.dinrail.identity.h2.internal.secrets;

/** A file of secrets can't be used; the message is one sentence for the operator and holds no secret. */
public final class SecretsException extends Exception {
    private static final long serialVersionUID = 1L;

    public SecretsException(String message) {
        super(message);
    }

    public SecretsException(String message, Exception cause) {
        super(message + " (" + cause.getClass().getSimpleName() + ": " + cause.getMessage() + ")", cause);
    }
}
