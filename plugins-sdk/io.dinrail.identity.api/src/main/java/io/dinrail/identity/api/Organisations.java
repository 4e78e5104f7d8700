package io.dinrail.identity.api;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The tenants; safe for use by many threads, blocks on the store. */
@ProviderType
public interface Organisations {
    /**
     * Adds one; it starts locked, with the shipped rule sets and no credential.
     *
     * @param by who asks.
     * @param displayName for people.
     * @return the organisation with its new id.
     * @throws IdentityException if the name is refused or the store can't be written.
     */
    Organisation add(Actor by, String displayName) throws IdentityException;

    /**
     * Changes one: everything but its id and age is taken from the record.
     *
     * @param by who asks.
     * @param changed how it is to be. Disabling closes all of its connections within a second.
     * @throws IdentityException if it is unknown, an alias is taken or refused, the rule set is unknown, or the store can't be written.
     */
    void change(Actor by, Organisation changed) throws IdentityException;

    /** @return all of them, the default one first, then by id. */
    List<Organisation> list();

    /**
     * Looks one up; answers from memory.
     *
     * @param idOrAlias its id or an alias.
     * @return the organisation; empty if there is none.
     */
    Optional<Organisation> find(String idOrAlias);
}
