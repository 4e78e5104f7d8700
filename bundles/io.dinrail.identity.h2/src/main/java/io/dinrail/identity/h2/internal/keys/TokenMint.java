package io.dinrail.identity.h2.internal.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.dinrail.identity.api.ApiKey.Permission;
import io.dinrail.identity.api.ApiKeys.TokenOrder;
import io.dinrail.identity.api.IdentityException;
import io.dinrail.identity.h2.internal.login.LoginName;
import io.dinrail.identity.h2.internal.secrets.SecretsException;
import io.dinrail.identity.h2.internal.secrets.Vault;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;

/** Signs tokens; refuses what would be refused at login. */
final class TokenMint {
    private static final Duration SHORTEST_LIFE = Duration.ofSeconds(1);

    private final Vault vault;

    TokenMint(Vault vault) {
        this.vault = vault;
    }

    String sign(LiveKey key, TokenOrder order, Instant now) throws IdentityException {
        JWTClaimsSet claims = claims(key, order, now);
        SigningSecret secret = key.current()
                .orElseThrow(() -> Refusals.refused("key " + key.key().id() + " can't sign: take a secret key"));
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(JOSEObjectType.JWT)
                .keyID(key.key().id())
                .build();
        try {
            SignedJWT token = new SignedJWT(header, claims);
            token.sign(new MACSigner(secret.open(vault)));
            return bounded(token.serialize());
        } catch (SecretsException e) {
            throw Refusals.locked("the token was not signed", e);
        } catch (JOSEException e) {
            throw Refusals.refused("the token was not signed: the key's secret is damaged, rotate the key");
        }
    }

    private static JWTClaimsSet claims(LiveKey key, TokenOrder order, Instant now) throws IdentityException {
        if (!JwtClaims.isSubject(order.peer()) || LoginName.isReserved(order.peer())) {
            throw Refusals.refused(
                    "the bearer's name is refused: 1 to 128 printable ASCII characters, not server, system or"
                            + " anonymous");
        }
        if (order.life().compareTo(SHORTEST_LIFE) < 0 || order.life().compareTo(JwtProver.LONGEST_LIFE) > 0) {
            throw Refusals.refused("the token's life is refused: 1 second to 30 days");
        }
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .subject(order.peer())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(order.life())));
        if (order.channels().isPresent()) {
            claims.claim("channels", channels(key, order.channels().get()));
        }
        if (order.permissions().isPresent()) {
            claims.claim("permissions", permissions(key, order.permissions().get()));
        }
        return claims.build();
    }

    private static List<String> channels(LiveKey key, List<String> channels) throws IdentityException {
        if (channels.size() > JwtClaims.MOST_CHANNELS) {
            throw Refusals.refused("too many channels: a token takes at most " + JwtClaims.MOST_CHANNELS);
        }
        for (String channel : channels) {
            if (!key.covers(KeyOrder.checkedPattern(channel))) {
                throw Refusals.refused("a channel goes beyond the key: ask for channels that its patterns cover");
            }
        }
        return channels;
    }

    private static List<String> permissions(LiveKey key, Set<Permission> permissions) throws IdentityException {
        if (permissions.isEmpty() || !key.key().actions().containsAll(permissions)) {
            throw Refusals.refused("the permissions go beyond the key or are none: it may "
                    + PermissionText.join(key.key().actions()));
        }
        return permissions.stream().sorted().map(PermissionText::of).toList();
    }

    private static String bounded(String token) throws IdentityException {
        if (token.length() > Jwt.LONGEST) {
            throw Refusals.refused("the token would be longer than 16 KiB: name fewer or shorter channels");
        }
        return token;
    }
}
