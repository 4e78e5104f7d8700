package io.dinrail.identity.h2.internal.keys;

import io.dinrail.identity.api.Tokens.TemporaryToken;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A temporary token in memory.
 *
 * @param token what is told of it.
 * @param claims what rules may refer to.
 * @param life what a refresh gives anew.
 * @param password the one in force.
 * @param previous the one before it, for a while.
 */
record LiveToken(
        TemporaryToken token,
        Map<String, String> claims,
        Duration life,
        Password password,
        Optional<PreviousPassword> previous) {
    /** The hash of a password. */
    @SuppressWarnings("ArrayRecordComponent") // compared in constant time only
    record Password(byte[] digest) {
        boolean is(byte[] presented) {
            return MessageDigest.isEqual(digest, presented);
        }

        @Override
        public String toString() {
            return "Password";
        }
    }

    /**
     * The password before the last refresh.
     *
     * @param password its hash.
     * @param until when it stops working.
     * @param endsAt when connections made with it end, as was said when it was given.
     */
    record PreviousPassword(Password password, Instant until, Instant endsAt) {}

    LiveToken {
        claims = Map.copyOf(claims);
    }

    String id() {
        return token.id();
    }

    String owner() {
        return token.organisation() + '/' + token.name();
    }

    boolean hasEnded(Instant now) {
        return !now.isBefore(token.expiresAt());
    }

    /** When what this password gives ends; empty if it is not the token's. */
    Optional<Instant> endOf(byte[] presented, Instant now) {
        boolean current = password.is(presented);
        boolean before = previous.map(p -> p.password().is(presented)).orElse(false);
        if (current) {
            return Optional.of(token.expiresAt());
        }
        return previous.filter(p -> before && now.isBefore(p.until())).map(PreviousPassword::endsAt);
    }

    LiveToken refreshed(Password fresh, Instant now, Duration grace) {
        Instant end = now.plus(life);
        return new LiveToken(
                new TemporaryToken(id(), token.organisation(), token.identity(), token.name(), token.ruleSet(), end),
                claims,
                life,
                fresh,
                Optional.of(new PreviousPassword(password, now.plus(grace), token.expiresAt())));
    }
}
