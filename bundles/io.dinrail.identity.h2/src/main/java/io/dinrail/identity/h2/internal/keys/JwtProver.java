package io.dinrail.identity.h2.internal.keys;

import io.dinrail.identity.api.Admission.Reason;
import io.dinrail.identity.api.Principal;
import io.dinrail.identity.api.Principal.Kind;
import io.dinrail.identity.h2.internal.login.LoginName;
import io.dinrail.identity.h2.internal.login.Proof;
import io.dinrail.identity.h2.internal.login.Proof.Failed;
import io.dinrail.identity.h2.internal.login.Proof.Proven;
import io.dinrail.identity.h2.internal.login.SteadyClock;
import io.dinrail.identity.h2.internal.login.StoredCredentials;
import io.dinrail.identity.h2.internal.secrets.SecretsException;
import io.dinrail.identity.h2.internal.secrets.Vault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Checks tokens signed with a key. */
final class JwtProver {
    static final Duration LONGEST_LIFE = Duration.ofDays(30);

    private static final Duration EARLY = Duration.ofSeconds(60);
    private static final int REMEMBERED = 20_000;

    private final SigningSecret decoy = SigningSecret.decoy();
    private final ProvenTokens remembered = new ProvenTokens(REMEMBERED);
    private final Function<String, Optional<LiveKey>> keys;
    private final Vault vault;
    private final StoredCredentials credentials;
    private final SteadyClock clock;

    JwtProver(Function<String, Optional<LiveKey>> keys, Vault vault, StoredCredentials credentials, SteadyClock clock) {
        this.keys = keys;
        this.vault = vault;
        this.credentials = credentials;
        this.clock = clock;
    }

    Proof prove(String organisation, String name, byte[] secret) throws SecretsException {
        try {
            ProvenToken token = proven(secret);
            if (!token.key().isIn(organisation) || !token.subject().equals(name) || LoginName.isReserved(name)) {
                return new Failed(Reason.WRONG, "token of another name");
            }
            if (token.key().key().disabled()) {
                return new Failed(Reason.BARRED, "key disabled");
            }
            return clock.instant().isBefore(token.expiresAt()) ? known(token) : new Failed(Reason.BARRED, "expired");
        } catch (JwtRefused e) {
            return new Failed(Reason.WRONG, "token: " + e.why());
        }
    }

    private ProvenToken proven(byte[] secret) throws JwtRefused, SecretsException {
        if (secret.length > Jwt.LONGEST) {
            throw new JwtRefused("too long");
        }
        ProvenTokens.Hash hash = ProvenTokens.Hash.of(secret);
        Optional<ProvenToken> before = remembered.find(hash).filter(this::isAsItWas);
        if (before.isPresent()) {
            return before.get();
        }
        ProvenToken fresh = verified(Jwt.read(secret));
        remembered.put(hash, fresh);
        return fresh;
    }

    private boolean isAsItWas(ProvenToken token) {
        boolean sameKey = keys.apply(token.key().key().id())
                .filter(now -> now == token.key())
                .isPresent();
        return sameKey && token.signer().isValid(clock.instant());
    }

    /** An unknown key takes as long as a wrong signature. */
    private ProvenToken verified(Jwt token) throws JwtRefused, SecretsException {
        Instant now = clock.instant();
        Optional<LiveKey> key = keys.apply(token.keyId());
        if (key.isEmpty()) {
            decoy.signed(token, vault);
            throw new JwtRefused("unknown key");
        }
        SigningSecret signer =
                key.get().signerOf(token, vault, now).orElseThrow(() -> new JwtRefused("wrong signature"));
        JwtClaims claims = JwtClaims.read(token.claims());
        Instant expiresAt = Instant.ofEpochSecond(claims.expiresAt());
        if (expiresAt.isAfter(now.plus(LONGEST_LIFE))) {
            throw new JwtRefused("exp too far ahead");
        }
        if (claims.notBefore()
                .filter(from -> Instant.ofEpochSecond(from).isAfter(now.plus(EARLY)))
                .isPresent()) {
            throw new JwtRefused("not yet valid");
        }
        return new ProvenToken(key.get(), signer, claims.subject(), expiresAt, ChannelGrant.of(key.get(), claims));
    }

    /** A token shares its name with the credential of that name: it is the same device, and barred where that is. */
    private Proof known(ProvenToken token) {
        Proof named = credentials.named(token.key().key().organisation(), token.subject());
        if (isBarred(named)) {
            return new Failed(Reason.BARRED, "credential of that name barred");
        }
        return named instanceof Proven device && device.principal().isDevice()
                ? proof(token, device.principal().kind(), device.clientIds())
                : proof(token, Kind.BACKEND, List.of(token.subject(), token.subject() + "-*"));
    }

    private Proof proof(ProvenToken token, Kind kind, List<String> clientIds) {
        String organisation = token.key().key().organisation();
        String id = token.key().key().id();
        return new Proven(
                new Principal(kind, organisation, token.subject()),
                clientIds,
                "key " + id,
                Optional.of(token.grant()),
                Map.of(),
                Optional.of(token.expiresAt()),
                Set.of("key:" + id, "credential:" + organisation + '/' + token.subject()),
                () -> holds(token));
    }

    private boolean holds(ProvenToken token) {
        Instant now = clock.instant();
        return keys.apply(token.key().key().id())
                .filter(key -> !key.key().disabled())
                .filter(key -> key.secrets().stream().anyMatch(s -> s.isSame(token.signer()) && s.isValid(now)))
                .filter(key -> !isBarred(credentials.named(key.key().organisation(), token.subject())))
                .isPresent();
    }

    private static boolean isBarred(Proof named) {
        return named instanceof Failed failed && failed.reason() == Reason.BARRED;
    }
}
