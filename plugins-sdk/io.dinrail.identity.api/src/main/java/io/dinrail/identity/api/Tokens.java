package io.dinrail.identity.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Temporary MQTT credentials for browsers and other places that can't keep a secret; safe for use by many threads, blocks on the store. */
@ProviderType
public interface Tokens {
    /** How long one works unless told. */
    Duration USUAL_LIFE = Duration.ofHours(1);

    /**
     * A temporary token without its password.
     *
     * @param id a UUID.
     * @param organisation whose.
     * @param identity whom it stands for, such as an e-mail address.
     * @param name the user name that goes with it, the same for the same identity.
     * @param ruleSet its rule set.
     * @param expiresAt when it ends, in UTC.
     */
    record TemporaryToken(
            String id, String organisation, String identity, String name, String ruleSet, Instant expiresAt) {}

    /**
     * A temporary token with its password, to be shown once.
     *
     * @param token what was made.
     * @param password {@code tkn_…}.
     * @param refreshAt when it is best refreshed: a tenth of its life before it ends, in UTC.
     */
    record NewToken(TemporaryToken token, String password, Instant refreshAt) {
        @Override
        public String toString() {
            return "NewToken[" + token.id() + "]";
        }
    }

    /**
     * A token somebody wants.
     *
     * @param organisation an organisation's id.
     * @param identity whom it stands for, 1 to 256 characters.
     * @param ruleSet a rule set of the organisation; empty for its default.
     * @param claims what rules with a binding may refer to, at most 32 of at most 256 characters each.
     * @param life 1 minute to 24 hours.
     * @param replaces whether older tokens of the same identity stop working.
     */
    record TokenOrder(
            String organisation,
            String identity,
            Optional<String> ruleSet,
            Map<String, String> claims,
            Duration life,
            boolean replaces) {
        public TokenOrder {
            claims = Map.copyOf(claims);
        }
    }

    /**
     * Makes a token.
     *
     * @param by who asks.
     * @param order what is wanted.
     * @return the token with its password.
     * @throws IdentityException if something is refused, there are too many (100,000), or the store can't be written.
     */
    NewToken create(Actor by, TokenOrder order) throws IdentityException;

    /**
     * Gives a new password and a new life. The old password works for a minute more; a connection made with it goes on.
     *
     * @param by who asks.
     * @param id the token's.
     * @param password its password now.
     * @return the token with its new password.
     * @throws IdentityException with {@code UNKNOWN} if there is none, it has ended or the password is wrong; or if the store can't be written.
     */
    NewToken refresh(Actor by, String id, String password) throws IdentityException;

    /**
     * Ends a token; its connections are closed within a second.
     *
     * @param by who asks.
     * @param id the token's.
     * @throws IdentityException if there is none, or the store can't be written.
     */
    void revoke(Actor by, String id) throws IdentityException;

    /** @return the tokens that have not ended, by organisation and identity. */
    List<TemporaryToken> list();
}
