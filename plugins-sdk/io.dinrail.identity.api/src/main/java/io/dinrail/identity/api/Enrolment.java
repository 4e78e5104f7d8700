package io.dinrail.identity.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One-time codes with which a device or gateway gets its own credential, so that nobody carries a secret to it. Safe for use by many threads,
 * blocks on the store.
 */
@ProviderType
public interface Enrolment {
    /** How long a code works unless told. */
    Duration USUAL_LIFE = Duration.ofHours(24);

    /**
     * A code without the code.
     *
     * @param login whom it is for.
     * @param ruleSet what it will get.
     * @param expiresAt when it ends, in UTC.
     */
    record OpenEnrolment(String login, String ruleSet, Instant expiresAt) {}

    /**
     * What a code was changed for.
     *
     * @param issued the credential; its secret is empty where a certificate was asked for.
     * @param certificate the certificate and the CA's in PEM; empty where a secret was asked for.
     */
    record Enrolled(Issued issued, Optional<String> certificate) {
        @Override
        public String toString() {
            return "Enrolled[" + issued.credential().name() + "]";
        }
    }

    /**
     * Makes a code. An older open one for the same login stops working.
     *
     * @param by who asks.
     * @param login the login name that is to get a credential and has none.
     * @param ruleSet what it will get.
     * @param life a minute to 30 days.
     * @return the code, {@code enr_…}, to be shown once. It is also an MQTT password that may do nothing but ask for the credential.
     * @throws IdentityException if the login is taken or refused, the rule set unknown, or the store can't be written.
     */
    String open(Actor by, String login, String ruleSet, Duration life) throws IdentityException;

    /**
     * Changes a code for a credential, once.
     *
     * @param from where the request comes from, for the audit log.
     * @param login whom the code is for.
     * @param code the code.
     * @param csr a PKCS #10 request in PEM for who wants a certificate; empty for a secret.
     * @return the credential.
     * @throws IdentityException with {@code UNKNOWN} if the code is wrong, used or has ended, which are not told apart; {@code REFUSED} if the request
     *     is refused: the code still works; or if the store can't be written.
     */
    Enrolled redeem(String from, String login, String code, Optional<String> csr) throws IdentityException;

    /**
     * Takes an open code back.
     *
     * @param by who asks.
     * @param login whom it is for.
     * @throws IdentityException if there is none, or the store can't be written.
     */
    void cancel(Actor by, String login) throws IdentityException;

    /** @return the codes that can still be used, by login. */
    List<OpenEnrolment> list();
}
