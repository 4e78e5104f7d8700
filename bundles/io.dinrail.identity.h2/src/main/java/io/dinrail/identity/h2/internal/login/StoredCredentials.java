package io.dinrail.identity.h2.internal.login;

import io.dinrail.identity.api.Attempt;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The credentials of devices, gateways, backends and people as the gate sees them; answers from memory, safe for use by many threads. */
public interface StoredCredentials {
    /**
     * Checks a secret.
     *
     * @param organisation the organisation's id, known; that it may be disabled is the gate's affair.
     * @param name the name without the organisation, whatever it holds.
     * @param attempt what was presented.
     * @return the answer, never failed; a chosen password is checked on threads of its own.
     */
    CompletionStage<Proof> prove(String organisation, String name, Attempt attempt);

    /**
     * Answers for somebody whose identity was proved otherwise, by a certificate; or whom an administrator asks about.
     *
     * @param organisation the organisation's id.
     * @param name the name without the organisation.
     * @return what a right secret would have given.
     */
    Proof named(String organisation, String name);

    /**
     * Tells when a credential of a name was revoked last, for what was given to its bearer besides a secret.
     *
     * @param organisation the organisation's id.
     * @param name the name without the organisation.
     * @return when; empty if it was not for as long as a token may live.
     */
    Optional<Instant> revoked(String organisation, String name);
}
