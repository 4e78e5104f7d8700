package io.dinrail.identity.h2.internal.keys;

import io.dinrail.identity.api.ApiKey.Permission;
import io.dinrail.identity.h2.internal.rules.ChannelPattern;
import io.dinrail.identity.h2.internal.rules.Facts;
import io.dinrail.identity.h2.internal.rules.Grant;
import io.dinrail.identity.h2.internal.rules.Rights;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The channels of a token.
 *
 * @param source where they come from, for explanations.
 * @param entries what may be done where.
 */
record ChannelGrant(String source, List<Entry> entries) implements Grant {
    /** What may be done on the channels of a pattern. */
    record Entry(ChannelPattern pattern, Set<Permission> permissions) {}

    ChannelGrant {
        entries = List.copyOf(entries);
    }

    /** Compares what a token asks for with what its key may give. */
    static ChannelGrant of(LiveKey key, JwtClaims claims) throws JwtRefused {
        List<Entry> entries = new ArrayList<>();
        boolean any = false;
        for (JwtClaims.GrantClaim grant : asked(key, claims)) {
            Set<Permission> permissions = narrowed(key, grant.permissions());
            any |= !permissions.isEmpty();
            covered(key, grant.channels()).forEach(pattern -> entries.add(new Entry(pattern, permissions)));
        }
        if (!any) {
            throw new JwtRefused("no permission left");
        }
        return new ChannelGrant("token of " + key.key().id(), entries);
    }

    @Override
    public Rights bind(Facts facts) {
        return new ChannelRights(
                source,
                granting(Permission.PUBLISH),
                granting(Permission.COMMAND),
                granting(Permission.SUBSCRIBE),
                "commands/" + facts.name() + "/ack");
    }

    private ChannelPattern[] granting(Permission permission) {
        return entries.stream()
                .filter(entry -> entry.permissions().contains(permission))
                .map(Entry::pattern)
                .toArray(ChannelPattern[]::new);
    }

    private static List<JwtClaims.GrantClaim> asked(LiveKey key, JwtClaims claims) {
        return claims.grants()
                .orElseGet(() -> List.of(new JwtClaims.GrantClaim(
                        claims.channels().orElse(key.key().patterns()),
                        claims.permissions().orElse(key.key().actions()))));
    }

    private static List<ChannelPattern> covered(LiveKey key, List<String> channels) throws JwtRefused {
        List<ChannelPattern> patterns = new ArrayList<>();
        for (String channel : channels) {
            ChannelPattern pattern = parsed(channel);
            if (!key.covers(pattern)) {
                throw new JwtRefused("channel beyond the key");
            }
            patterns.add(pattern);
        }
        return patterns;
    }

    private static ChannelPattern parsed(String channel) throws JwtRefused {
        try {
            return ChannelPattern.parse(channel);
        } catch (IllegalArgumentException e) {
            throw new JwtRefused("channel malformed");
        }
    }

    private static Set<Permission> narrowed(LiveKey key, Set<Permission> wanted) {
        Set<Permission> left = EnumSet.noneOf(Permission.class);
        left.addAll(wanted);
        left.retainAll(key.key().actions());
        return left;
    }
}
