package io.dinrail.identity.h2.internal.login;

import java.util.List;

/**
 * The client ids that a credential may use. What a client calls itself is compared as it stands: nothing in it has a meaning.
 *
 * @param patterns exact ones, or a prefix followed by {@code *}.
 */
record LiveClientIds(List<String> patterns) {
    private static final int LONGEST = 256;

    boolean allow(String clientId) {
        return isText(clientId) && patterns.stream().anyMatch(pattern -> matches(pattern, clientId));
    }

    /** @return whether it fixes its client ids, so that a further connection takes the place of an older one. */
    boolean areExact() {
        return patterns.stream().noneMatch(pattern -> pattern.endsWith("*"));
    }

    private static boolean matches(String pattern, String clientId) {
        return pattern.endsWith("*")
                ? clientId.regionMatches(0, pattern, 0, pattern.length() - 1)
                : clientId.equals(pattern);
    }

    private static boolean isText(String clientId) {
        return !clientId.isEmpty()
                && clientId.length() <= LONGEST
                && clientId.codePoints().noneMatch(LiveClientIds::isRefused);
    }

    private static boolean isRefused(int point) {
        return Character.isISOControl(point) || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }
}
