package io.dinrail.identity.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The credentials of devices, gateways and backends; safe for use by many threads, blocks on the store unless said otherwise. */
@ProviderType
public interface Credentials {
    /** The rule set of devices. */
    String DEVICE = "device";
    /** The rule set of gateways. */
    String GATEWAY = "gateway";
    /** The rule set of backends. */
    String BACKEND = "backend";
    /** The rule set of those who only look. */
    String DASHBOARD = "dashboard";
    /** How long the old secret of a rotation works, unless told. */
    Duration USUAL_OVERLAP = Duration.ofHours(24);
    /** How long it may at most. */
    Duration LONGEST_OVERLAP = Duration.ofDays(30);

    /**
     * Issues a credential. A generated secret is in the answer and nowhere else: it can't be shown again. The kind of principal follows the rule
     * set: {@link #DEVICE} and {@link #GATEWAY} give those, everything else a backend.
     *
     * @param by who asks.
     * @param order what is wanted.
     * @return the credential with its secret.
     * @throws IdentityException if the name is taken or refused, organisation or rule set unknown, or the store can't be written.
     */
    Issued issue(Actor by, CredentialOrder order) throws IdentityException;

    /**
     * Issues many in one go: all of them or none. Devices are told apart by line in the message of a refusal.
     *
     * @param by who asks.
     * @param orders what is wanted, at most 100,000.
     * @return the credentials with their secrets, in order.
     * @throws IdentityException as {@link #issue}; the message names the place in the list, counted from 1.
     */
    List<Issued> issueAll(Actor by, List<CredentialOrder> orders) throws IdentityException;

    /**
     * Gives a new secret. The old one works until the overlap is over, at most two at a time: a third rotation ends the oldest.
     *
     * @param by who asks.
     * @param login the login name.
     * @param overlap how long the old one goes on working, 0 to {@link #LONGEST_OVERLAP}.
     * @return the credential with its new secret.
     * @throws IdentityException if there is none of that name, the overlap is refused, or the store can't be written.
     */
    Issued rotate(Actor by, String login, Duration overlap) throws IdentityException;

    /**
     * Changes what is not secret. Rights of open connections follow within a second.
     *
     * @param by who asks.
     * @param login the login name.
     * @param displayName for people.
     * @param ruleSet a rule set of its organisation.
     * @param expiresAt when it ends; empty for never.
     * @throws IdentityException if there is none of that name, something is refused, or the store can't be written.
     */
    void change(Actor by, String login, String displayName, String ruleSet, Optional<Instant> expiresAt)
            throws IdentityException;

    /**
     * Disables a credential; its connections are closed within a second, its sessions stay.
     *
     * @param by who asks.
     * @param login the login name.
     * @throws IdentityException if there is none of that name, or the store can't be written.
     */
    void disable(Actor by, String login) throws IdentityException;

    /**
     * Enables a disabled credential again.
     *
     * @param by who asks.
     * @param login the login name.
     * @throws IdentityException if there is none of that name, or the store can't be written.
     */
    void enable(Actor by, String login) throws IdentityException;

    /**
     * Revokes a credential for good. Its connections are closed within a second, its sessions and what is queued for it go.
     *
     * @param by who asks.
     * @param login the login name.
     * @throws IdentityException if there is none of that name, or the store can't be written.
     */
    void revoke(Actor by, String login) throws IdentityException;

    /** @return all credentials not revoked, by login name, from memory; never a secret. People are not among them. */
    List<Credential> list();

    /**
     * Looks one up; answers from memory.
     *
     * @param login the login name.
     * @return the credential; empty if there is none or it was revoked.
     */
    Optional<Credential> find(String login);
}
