package io.dinrail.identity.api;

import io.dinrail.identity.api.ApiKey.Permission;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/** API keys and the JSON Web Tokens (RFC 7519, HS256) signed with them; safe for use by many threads, blocks on the store. */
@ProviderType
public interface ApiKeys {
    /** At most so many of one organisation. */
    int MOST = 50;

    /**
     * A new key or secret, to be shown once.
     *
     * @param key what was made.
     * @param signingSecret {@code sk_secret_…}; empty for a publishable key.
     * @param oneString the same key in one text, {@code sk_id_…_secret_…}; empty for a publishable key.
     */
    record NewKey(ApiKey key, String signingSecret, String oneString) {
        @Override
        public String toString() {
            return "NewKey[" + key.id() + "]";
        }
    }

    /**
     * A token somebody wants.
     *
     * @param peer the name of its bearer, printable ASCII, 1 to 128 characters.
     * @param channels names or patterns, at most 100, covered by the key's; empty for the key's.
     * @param permissions at most what the key may do; empty for the key's.
     * @param life until it ends, 1 s to 30 days.
     */
    record TokenOrder(
            String peer, Optional<List<String>> channels, Optional<Set<Permission>> permissions, Duration life) {}

    /**
     * Makes a secret key.
     *
     * @param by who asks.
     * @param organisation an organisation's id.
     * @param name for people, 1 to 128 characters.
     * @param patterns the channels it may use; empty for {@code **}.
     * @param actions what it may do; empty for everything.
     * @return the key with its secret.
     * @throws IdentityException if something is refused, there are {@link #MOST} already, or the store can't be written.
     */
    NewKey create(Actor by, String organisation, String name, List<String> patterns, Set<Permission> actions)
            throws IdentityException;

    /**
     * Makes a publishable key, which signs nothing.
     *
     * @param by who asks.
     * @param organisation an organisation's id.
     * @param name for people.
     * @param patterns the channels it may use, at least one.
     * @param actions what it may do, never {@link Permission#COMMAND}.
     * @param allowedOrigins the web origins that may use it; empty for any.
     * @return the key.
     * @throws IdentityException as {@link #create}.
     */
    NewKey createPublishable(
            Actor by,
            String organisation,
            String name,
            List<String> patterns,
            Set<Permission> actions,
            List<String> allowedOrigins)
            throws IdentityException;

    /**
     * Gives a secret key a new secret; the old one works until the overlap is over.
     *
     * @param by who asks.
     * @param id the key's.
     * @param overlap how long, 0 to 30 days.
     * @return the key with its new secret.
     * @throws IdentityException if there is none, it is publishable, or the store can't be written.
     */
    NewKey rotate(Actor by, String id, Duration overlap) throws IdentityException;

    /**
     * Keeps a key out, or lets it in again. Connections that rest on it are closed within a second.
     *
     * @param by who asks.
     * @param id the key's.
     * @param disabled whether it is to be kept out.
     * @throws IdentityException if there is none, or the store can't be written.
     */
    void disable(Actor by, String id, boolean disabled) throws IdentityException;

    /**
     * Deletes a key for good. Connections that rest on it are closed within a second.
     *
     * @param by who asks.
     * @param id the key's.
     * @throws IdentityException if there is none, or the store can't be written.
     */
    void delete(Actor by, String id) throws IdentityException;

    /**
     * Signs a token.
     *
     * @param by who asks.
     * @param id the key's.
     * @param order what is wanted.
     * @return the token, which is also an MQTT password for the user {@code peer@organisation}.
     * @throws IdentityException if there is no such key, it can't sign, or the order goes beyond it.
     */
    String mint(Actor by, String id, TokenOrder order) throws IdentityException;

    /** @return all keys not deleted, by organisation and name; never a secret. */
    List<ApiKey> list();
}
