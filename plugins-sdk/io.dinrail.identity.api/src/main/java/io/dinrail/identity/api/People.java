package io.dinrail.identity.api;

import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The people of the plant; safe for use by many threads, blocks on the store unless said otherwise. */
@ProviderType
public interface People {
    /**
     * Adds a person, who can log in as soon as it has a key or a password.
     *
     * @param by who asks.
     * @param name the login name, as {@code io.dinrail.model.api.DeviceId} allows; {@code admin} is the owner's and refused.
     * @param displayName for people.
     * @param role what it may do.
     * @return the person.
     * @throws IdentityException if the name is taken, by a person or a credential, or refused, or the store can't be written.
     */
    Person add(Actor by, String name, String displayName, Role role) throws IdentityException;

    /**
     * Gives another role. It counts for shell sessions that begin after it.
     *
     * @param by who asks.
     * @param name the login name.
     * @param role what it may do from now on.
     * @throws IdentityException if there is nobody of that name, or the store can't be written.
     */
    void role(Actor by, String name, Role role) throws IdentityException;

    /**
     * Lets nobody in under a name, or somebody again. Connections are closed within a second.
     *
     * @param by who asks.
     * @param name the login name.
     * @param disabled whether it is to be kept out.
     * @throws IdentityException if there is nobody of that name, or the store can't be written.
     */
    void disable(Actor by, String name, boolean disabled) throws IdentityException;

    /**
     * Sets a password, hashed with Argon2id. Takes a noticeable part of a second.
     *
     * @param by who asks.
     * @param name the login name.
     * @param password 10 to 256 characters, not the name.
     * @throws IdentityException if there is nobody of that name, the password is refused, or the store can't be written.
     */
    void password(Actor by, String name, String password) throws IdentityException;

    /**
     * Adds an ssh key.
     *
     * @param by who asks.
     * @param name the login name.
     * @param openSshKey one line as in {@code id_ed25519.pub}; Ed25519, ECDSA, or RSA of at least 2048 bits.
     * @throws IdentityException if there is nobody of that name, the key is refused or somebody's already, or the store can't be written.
     */
    void addKey(Actor by, String name, String openSshKey) throws IdentityException;

    /**
     * Takes an ssh key away.
     *
     * @param by who asks.
     * @param name the login name.
     * @param openSshKey as listed, or its fingerprint {@code SHA256:…}.
     * @throws IdentityException if there is nobody of that name, it has no such key, or the store can't be written.
     */
    void removeKey(Actor by, String name, String openSshKey) throws IdentityException;

    /**
     * Removes a person for good.
     *
     * @param by who asks.
     * @param name the login name.
     * @throws IdentityException if there is nobody of that name, or the store can't be written.
     */
    void remove(Actor by, String name) throws IdentityException;

    /** @return everybody, by name, from memory. */
    List<Person> list();

    /**
     * Checks a login by key, which the caller has seen proved; answers from memory.
     *
     * @param name the login name.
     * @param key the key.
     * @return the person, if it may log in with that key now.
     */
    Optional<Person> byKey(String name, PublicKey key);
}
