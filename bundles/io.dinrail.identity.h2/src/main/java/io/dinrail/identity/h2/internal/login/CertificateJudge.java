package io.dinrail.identity.h2.internal.login;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Tells whose a client certificate is; answers from memory, safe for use by many threads. */
public interface CertificateJudge {
    /**
     * Whose a certificate is.
     *
     * @param organisation the id of its organisation.
     * @param name the name in it.
     * @param until when the certificate ends.
     * @param roots what a connection with it rests on: {@code certificate:SHA-256} in lower-case hexadecimal, and {@code ca:NAME} of an imported CA.
     */
    record Certified(String organisation, String name, Instant until, Set<String> roots) {
        public Certified {
            roots = Set.copyOf(roots);
        }
    }

    /**
     * Judges a certificate anew, though the handshake did: it may have been revoked since.
     *
     * @param certificate of the client.
     * @return whose it is; empty if it is not trusted now.
     */
    Optional<Certified> judge(X509Certificate certificate);
}
