package io.dinrail.identity.api;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The access rules; safe for use by many threads, blocks on the store where it changes something. */
@ProviderType
public interface RuleSets {
    /** @return all rule sets of all organisations, shipped ones once under the default organisation, by organisation and name. */
    List<RuleSetInfo> list();

    /**
     * Looks at a document without keeping it.
     *
     * @param document JSON in any of the shapes that can be imported.
     * @return what is wrong with it; empty if it can be imported as it is.
     */
    List<Finding> validate(String document);

    /**
     * Puts a rule set in force: within a second for every connection that has it. One that has a shipped set's name stands in its place.
     *
     * @param by who asks.
     * @param organisation an organisation's id.
     * @param name the rule set's, as {@code io.dinrail.model.api.DeviceId} allows.
     * @param document JSON in any of the shapes that can be imported.
     * @return the warnings.
     * @throws IdentityException if the document has errors, the message names the first with its place; the organisation is unknown; or the store
     *     can't be written.
     */
    List<Finding> put(Actor by, String organisation, String name, String document) throws IdentityException;

    /**
     * Removes a rule set; where it stood in place of a shipped one, that is back.
     *
     * @param by who asks.
     * @param organisation an organisation's id.
     * @param name the rule set's.
     * @throws IdentityException if it is unknown, shipped, or some credential's still; or the store can't be written.
     */
    void remove(Actor by, String organisation, String name) throws IdentityException;

    /**
     * Gives a rule set in its canonical form, which {@link #put} takes.
     *
     * @param organisation an organisation's id.
     * @param name the rule set's.
     * @return JSON.
     * @throws IdentityException if it is unknown.
     */
    String export(String organisation, String name) throws IdentityException;

    /**
     * Decides as {@link Identity#explain} would if a document were in force for that principal.
     *
     * @param document JSON in any of the shapes that can be imported.
     * @param login the login name; need not exist.
     * @param clientId the client id.
     * @param action what.
     * @param topic the topic or filter.
     * @return the decision.
     * @throws IdentityException if the document has errors.
     */
    Decision simulate(String document, String login, String clientId, Action action, String topic)
            throws IdentityException;
}
