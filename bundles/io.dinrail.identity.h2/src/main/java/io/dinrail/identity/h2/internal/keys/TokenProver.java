package io.dinrail.identity.h2.internal.keys;

import io.dinrail.identity.api.Admission.Reason;
import io.dinrail.identity.api.Principal;
import io.dinrail.identity.api.Principal.Kind;
import io.dinrail.identity.h2.internal.login.Proof;
import io.dinrail.identity.h2.internal.login.Proof.Failed;
import io.dinrail.identity.h2.internal.login.Proof.Proven;
import io.dinrail.identity.h2.internal.login.SteadyClock;
import io.dinrail.identity.h2.internal.secrets.SecretsException;
import io.dinrail.identity.h2.internal.secrets.Vault;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks the passwords of temporary tokens. */
final class TokenProver {
    private static final int LONGEST = 64;

    private final LiveTokens tokens;
    private final Vault vault;
    private final SteadyClock clock;

    TokenProver(LiveTokens tokens, Vault vault, SteadyClock clock) {
        this.tokens = tokens;
        this.vault = vault;
        this.clock = clock;
    }

    static byte[] digest(Vault vault, String organisation, String name, byte[] password) throws SecretsException {
        return vault.digest("token", organisation + '/' + name, password);
    }

    Proof prove(String organisation, String name, byte[] secret) {
        if (secret.length > LONGEST) {
            return new Failed(Reason.WRONG, "wrong");
        }
        try {
            byte[] presented = digest(vault, organisation, name, secret);
            Proof found = new Failed(Reason.WRONG, "wrong");
            for (LiveToken token : tokens.of(organisation + '/' + name)) {
                Optional<Proof> proof = proof(token, presented);
                found = proof.orElse(found);
            }
            return found;
        } catch (SecretsException e) {
            return new Failed(Reason.UNAVAILABLE, "no key");
        }
    }

    private Optional<Proof> proof(LiveToken token, byte[] presented) {
        Instant now = clock.instant();
        return token.endOf(presented, now)
                .map(end -> now.isBefore(end) ? proven(token, end) : new Failed(Reason.BARRED, "expired"));
    }

    private Proof proven(LiveToken live, Instant end) {
        String name = live.token().name();
        return new Proven(
                new Principal(Kind.BACKEND, live.token().organisation(), name),
                List.of(name, name + "-*"),
                live.token().ruleSet(),
                Optional.empty(),
                claims(live),
                Optional.of(end),
                Set.of("token:" + live.id()),
                () -> tokens.find(live.id()).isPresent() && clock.instant().isBefore(end));
    }

    /** The identity answers for {@code email} where nothing else does. */
    private static Map<String, List<String>> claims(LiveToken live) {
        Map<String, List<String>> claims = new HashMap<>();
        claims.put("email", List.of(live.token().identity()));
        live.claims().forEach((name, value) -> claims.put(name, List.of(value)));
        return claims;
    }
}
