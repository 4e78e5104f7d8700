package io.dinrail.identity.api;

/**
 * A credential with its new secret, to be shown once.
 *
 * @param credential what was issued.
 * @param secret the password; empty if the owner holds it already or has none. Never logged, stored or sent on the bus.
 */
public record Issued(Credential credential, String secret) {
    /** @return a text without the secret. */
    @Override
    public String toString() {
        return "Issued[" + credential.name() + "]";
    }
}
