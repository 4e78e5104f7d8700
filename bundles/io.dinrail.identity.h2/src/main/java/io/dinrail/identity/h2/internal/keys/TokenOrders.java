package io.dinrail.identity.h2.internal.keys;

import io.dinrail.identity.api.IdentityException;
import io.dinrail.identity.api.Tokens.TokenOrder;
import java.time.Duration;
import java.util.Map;

/** Looks at tokens somebody wants. */
final class TokenOrders {
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final int LONGEST_TEXT = 256;
    private static final int MOST_CLAIMS = 32;
    private static final int FITS = 32_768;

    private TokenOrders() {}

    static void check(TokenOrder order) throws IdentityException {
        Refusals.checkedText("the identity", order.identity(), LONGEST_TEXT);
        if (order.life().compareTo(SHORTEST) < 0 || order.life().compareTo(LONGEST) > 0) {
            throw Refusals.refused("the token's life is refused: 1 minute to 24 hours");
        }
        boolean fits = order.claims().size() <= MOST_CLAIMS
                && order.claims().entrySet().stream().allMatch(TokenOrders::isShort)
                && ClaimsText.write(order.claims()).length() <= FITS;
        if (!fits) {
            throw Refusals.refused("the claims are refused: at most 32, names and values of at most 256 characters");
        }
    }

    private static boolean isShort(Map.Entry<String, String> claim) {
        return !claim.getKey().isEmpty()
                && claim.getKey().length() <= LONGEST_TEXT
                && claim.getValue().length() <= LONGEST_TEXT;
    }
}
