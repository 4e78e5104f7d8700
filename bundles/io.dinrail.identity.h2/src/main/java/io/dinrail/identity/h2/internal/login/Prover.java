package io.dinrail.identity.h2.internal.login;

import io.dinrail.identity.api.Attempt;
import java.util.concurrent.CompletionStage;

/** Checks one kind of secret. A secret belongs to the first prover that claims its form; what none claims is a credential's, unless it has a {@link SecretForm}. Never blocks. */
public interface Prover {
    /**
     * Tells by its form alone whether a secret is this prover's.
     *
     * @param secret as presented, never empty.
     * @return whether it is.
     */
    boolean claims(byte[] secret);

    /**
     * Checks it.
     *
     * @param organisation the organisation's id, known; that it may be disabled is the gate's affair.
     * @param name the name without the organisation, well formed; or one with a NUL that nobody can have.
     * @param attempt what was presented.
     * @return the answer, never failed; as soon for an unknown name as for a wrong secret.
     */
    CompletionStage<Proof> prove(String organisation, String name, Attempt attempt);
}
