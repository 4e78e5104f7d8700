package io.dinrail.broker.internal.protocol;

import java.util.List;

/**
 * Properties of a delivery that are not the message's own; 3.x has none of them.
 *
 * @param expirySeconds what remains of the message expiry interval, or {@link #NO_EXPIRY}.
 * @param subscriptionIdentifiers those of the receiver's subscriptions that match.
 * @param topicAlias 1 to 65,535, or 0 for none.
 * @param topicKnown whether the receiver knows the alias already and the topic is left out.
 */
public record Onward(long expirySeconds, List<Integer> subscriptionIdentifiers, int topicAlias, boolean topicKnown) {
    /** The message does not expire. */
    public static final long NO_EXPIRY = -1;

    /** Nothing but the message. */
    public static final Onward PLAIN = new Onward(NO_EXPIRY, List.of(), 0, false);

    /**
     * Makes what many receivers can share.
     *
     * @param expirySeconds what remains of the message expiry interval, or {@link #NO_EXPIRY}.
     */
    public Onward(long expirySeconds) {
        this(expirySeconds, List.of(), 0, false);
    }

    int bytes() {
        int bytes = (expirySeconds >= 0 ? 5 : 0) + (topicAlias > 0 ? 3 : 0);
        for (int i = 0; i < subscriptionIdentifiers.size(); i++) {
            bytes += 1 + VariableInteger.size(subscriptionIdentifiers.get(i));
        }
        return bytes;
    }
}
