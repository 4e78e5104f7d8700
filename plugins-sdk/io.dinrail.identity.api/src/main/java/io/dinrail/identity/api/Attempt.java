package io.dinrail.identity.api;

import static java.util.Objects.requireNonNull;

import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * A login as it was presented; nothing of it has been believed yet.
 *
 * @param login the login name, {@code name} or {@code name@organisation}; empty if only a certificate was presented.
 * @param secret the password, token or code, as bytes of UTF-8, empty if there was none; not kept. Never changed after this.
 * @param certificate the client's certificate, if its TLS handshake with {@link ServerKeys#engine} presented one that is trusted.
 * @param address where it comes from, an IP address without a port.
 */
@SuppressWarnings("ArrayRecordComponent") // a secret that is copied is a secret twice
public record Attempt(String login, byte[] secret, Optional<X509Certificate> certificate, String address) {
    public Attempt {
        requireNonNull(login);
        requireNonNull(secret);
        requireNonNull(certificate);
        requireNonNull(address);
    }

    /** @return a text without the secret. */
    @Override
    public String toString() {
        return "Attempt[" + address + "]";
    }
}
