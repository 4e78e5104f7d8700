package io.dinrail.identity.api;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Issues and revokes credentials; safe for use by many threads, blocks on the store. */
@ProviderType
public interface Credentials {
    /** The rule set of devices. */
    String DEVICE = "device";
    /** The rule set of backends. */
    String BACKEND = "backend";

    /**
     * Issues a credential with a random secret. The secret is in the answer and nowhere else: it can't be shown again.
     *
     * @param name the login name, as {@code io.dinrail.model.api.DeviceId} allows; of a device its id.
     * @param ruleSet {@link #DEVICE} or {@link #BACKEND}.
     * @param clientIds the MQTT client ids it may use, exact or a prefix followed by {@code *}; empty for the default: a device's own name, a
     *     backend's own name and all that begin with it and a hyphen.
     * @return the credential with its secret.
     * @throws CredentialException if the name is taken or refused, the rule set unknown, or the store can't be written.
     */
    Issued issue(String name, String ruleSet, List<String> clientIds) throws CredentialException;

    /**
     * Revokes a credential for good. Its connections are closed within a second.
     *
     * @param name the login name.
     * @throws CredentialException if there is none of that name, or the store can't be written.
     */
    void revoke(String name) throws CredentialException;

    /** @return all credentials, by name; never a secret. */
    List<Credential> list();

    /**
     * Looks one up; answers from memory.
     *
     * @param name the login name.
     * @return the credential without its secret; empty if there is none in force.
     */
    Optional<Credential> find(String name);
}
