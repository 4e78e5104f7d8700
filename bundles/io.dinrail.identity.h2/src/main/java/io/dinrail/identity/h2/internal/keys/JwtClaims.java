package io.dinrail.identity.h2.internal.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dinrail.identity.api.ApiKey.Permission;
import io.dinrail.json.api.Json;
import io.dinrail.model.api.TagValue;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a token says; well formed, not yet compared with its key.
 *
 * @param subject of printable ASCII.
 * @param expiresAt in Unix seconds.
 * @param issuedAt in Unix seconds; empty if it is absent or says nothing.
 * @param notBefore in Unix seconds.
 * @param channels names and patterns, as written.
 * @param permissions those that there are; of others a token can only hope.
 * @param grants what stands in place of channels times permissions.
 */
record JwtClaims(
        String subject,
        long expiresAt,
        Optional<Long> issuedAt,
        Optional<Long> notBefore,
        Optional<List<String>> channels,
        Optional<Set<Permission>> permissions,
        Optional<List<GrantClaim>> grants) {
    static final int MOST_CHANNELS = 100;

    private static final int MOST_PERMISSIONS = 16;
    private static final int LONGEST_SUBJECT = 128;
    private static final Set<String> READ =
            Set.of("sub", "exp", "nbf", "channels", "permissions", "grants", "peerMetadata", "metadata");

    /** What may be done on some channels. */
    record GrantClaim(List<String> channels, Set<Permission> permissions) {}

    static JwtClaims read(byte[] base64) throws JwtRefused {
        Map<String, TagValue> all = JwtText.object(base64, READ);
        bounded(all, "peerMetadata", 4 * 1024);
        bounded(all, "metadata", 8 * 1024);
        return new JwtClaims(
                subject(all),
                seconds(all, "exp").orElseThrow(() -> new JwtRefused("no exp")),
                issuedAt(all),
                seconds(all, "nbf"),
                texts(all, "channels", MOST_CHANNELS),
                permissions(all),
                grants(all));
    }

    static boolean isSubject(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST_SUBJECT
                && text.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    private static String subject(Map<String, TagValue> all) throws JwtRefused {
        if (all.get("sub") instanceof TagValue.Text text && isSubject(text.value())) {
            return text.value();
        }
        throw new JwtRefused("sub");
    }

    private static Optional<Long> seconds(Map<String, TagValue> all, String claim) throws JwtRefused {
        TagValue found = all.get(claim);
        if (found == null) {
            return Optional.empty();
        }
        if (found instanceof TagValue.Whole whole && isSmall(whole.value())) {
            return Optional.of(whole.value().longValueExact());
        }
        throw new JwtRefused(claim);
    }

    /** Other forms are of no harm: such a token counts as old as it can be. */
    private static Optional<Long> issuedAt(Map<String, TagValue> all) {
        return all.get("iat") instanceof TagValue.Whole whole && isSmall(whole.value())
                ? Optional.of(whole.value().longValueExact())
                : Optional.empty();
    }

    /** Far beyond any date, far within what can be calculated with. */
    private static boolean isSmall(BigInteger seconds) {
        return seconds.bitLength() < 40;
    }

    private static Optional<Set<Permission>> permissions(Map<String, TagValue> all) throws JwtRefused {
        return texts(all, "permissions", MOST_PERMISSIONS).map(JwtClaims::permissions);
    }

    private static Set<Permission> permissions(List<String> names) {
        Set<Permission> found = EnumSet.noneOf(Permission.class);
        for (Permission permission : Permission.values()) {
            if (names.contains(PermissionText.of(permission))) {
                found.add(permission);
            }
        }
        return found;
    }

    private static Optional<List<GrantClaim>> grants(Map<String, TagValue> all) throws JwtRefused {
        TagValue found = all.get("grants");
        if (found == null) {
            return Optional.empty();
        }
        if (!(found instanceof TagValue.Array array) || array.values().size() > MOST_CHANNELS) {
            throw new JwtRefused("grants");
        }
        List<GrantClaim> grants = new ArrayList<>();
        for (TagValue value : array.values()) {
            grants.add(grant(value));
        }
        if (grants.stream().mapToInt(grant -> grant.channels().size()).sum() > MOST_CHANNELS) {
            throw new JwtRefused("grants");
        }
        return Optional.of(grants);
    }

    private static GrantClaim grant(TagValue value) throws JwtRefused {
        if (!(value instanceof TagValue.Structure grant)) {
            throw new JwtRefused("grants");
        }
        return new GrantClaim(
                texts(grant.fields(), "channels", MOST_CHANNELS).orElseThrow(() -> new JwtRefused("grants")),
                permissions(grant.fields()).orElseThrow(() -> new JwtRefused("grants")));
    }

    private static Optional<List<String>> texts(Map<String, TagValue> all, String claim, int most) throws JwtRefused {
        TagValue found = all.get(claim);
        if (found == null) {
            return Optional.empty();
        }
        if (!(found instanceof TagValue.Array array) || array.values().size() > most) {
            throw new JwtRefused(claim);
        }
        List<String> texts = new ArrayList<>();
        for (TagValue value : array.values()) {
            if (!(value instanceof TagValue.Text text)) {
                throw new JwtRefused(claim);
            }
            texts.add(text.value());
        }
        return Optional.of(texts);
    }

    private static void bounded(Map<String, TagValue> all, String claim, int most) throws JwtRefused {
        TagValue found = all.get(claim);
        boolean fits = found == null
                || found instanceof TagValue.Structure && Json.write(found).getBytes(UTF_8).length <= most;
        if (!fits) {
            throw new JwtRefused(claim);
        }
    }
}
