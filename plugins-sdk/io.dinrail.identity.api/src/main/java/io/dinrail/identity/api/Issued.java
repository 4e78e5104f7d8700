package io.dinrail.identity.api;

/**
 * A new credential with its secret, to be shown once.
 *
 * @param credential what was issued.
 * @param secret the password; never logged, stored or sent on the bus.
 */
public record Issued(Credential credential, String secret) {
    /** @return a text without the secret. */
    @Override
    public String toString() {
        return "Issued[" + credential.name() + "]";
    }
}
