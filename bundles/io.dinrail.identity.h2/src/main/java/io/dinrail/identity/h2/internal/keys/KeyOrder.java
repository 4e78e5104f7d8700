package io.dinrail.identity.h2.internal.keys;

import io.dinrail.identity.api.ApiKey;
import io.dinrail.identity.api.ApiKey.Permission;
import io.dinrail.identity.api.IdentityException;
import io.dinrail.identity.h2.internal.rules.ChannelPattern;
import java.net.URI;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A key somebody wants, looked at. */
record KeyOrder(
        String organisation, String name, List<String> patterns, Set<Permission> actions, List<String> origins) {
    private static final int MOST = 100;
    private static final int PATTERNS_FIT = 16_384;
    private static final int ORIGINS_FIT = 8_192;

    static KeyOrder secret(String organisation, String name, List<String> patterns, Set<Permission> actions)
            throws IdentityException {
        List<String> channels = patterns.isEmpty() ? List.of("**") : patterns;
        Set<Permission> all = actions.isEmpty() ? EnumSet.allOf(Permission.class) : actions;
        return checked(organisation, name, channels, all, List.of());
    }

    static KeyOrder publishable(
            String organisation, String name, List<String> patterns, Set<Permission> actions, List<String> origins)
            throws IdentityException {
        if (actions.contains(Permission.COMMAND)) {
            throw Refusals.refused("a publishable key can't send commands: leave command out");
        }
        if (patterns.isEmpty() || actions.isEmpty()) {
            throw Refusals.refused("a publishable key needs at least one pattern and one action: name them");
        }
        return checked(organisation, name, patterns, actions, origins);
    }

    ApiKey key(String id, Instant at) {
        return new ApiKey(
                id,
                organisation,
                name,
                patterns,
                actions,
                origins,
                false,
                at,
                Optional.empty(),
                KeyRow.warnings(patterns));
    }

    private static KeyOrder checked(
            String organisation, String name, List<String> patterns, Set<Permission> actions, List<String> origins)
            throws IdentityException {
        Refusals.checkedText("the key's name", name, 128);
        for (String pattern : patterns) {
            checkedPattern(pattern);
        }
        for (String origin : origins) {
            checkedOrigin(origin);
        }
        bounded("patterns", patterns, PATTERNS_FIT);
        bounded("origins", origins, ORIGINS_FIT);
        return new KeyOrder(organisation, name, patterns, actions, origins);
    }

    static ChannelPattern checkedPattern(String pattern) throws IdentityException {
        try {
            ChannelPattern parsed = ChannelPattern.parse(pattern);
            if (pattern.chars().noneMatch(Character::isISOControl)) {
                return parsed;
            }
        } catch (IllegalArgumentException e) {
            throw Refusals.refused("a channel pattern is refused: " + e.getMessage());
        }
        throw Refusals.refused("a channel pattern is refused: it holds a control character");
    }

    private static void checkedOrigin(String origin) throws IdentityException {
        if (!isOrigin(origin)) {
            throw Refusals.refused("a web origin is refused: write it as https://host or https://host:port");
        }
    }

    private static boolean isOrigin(String origin) {
        try {
            URI uri = URI.create(origin);
            return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && origin.equals(uri.getScheme() + "://" + uri.getRawAuthority())
                    && uri.getRawUserInfo() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void bounded(String what, List<String> texts, int fits) throws IdentityException {
        if (texts.size() > MOST || String.join("\n", texts).length() > fits) {
            throw Refusals.refused(
                    "too many or too long " + what + ": give at most " + MOST + ", together " + fits + " characters");
        }
    }
}
