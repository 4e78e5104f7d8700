package io.dinrail.broker.internal;

import io.dinrail.broker.front.Losses;
import io.dinrail.broker.internal.session.Ledger;

/**
 * The sessions' ledger, which is a part of the broker's.
 *
 * @param losses counts for all.
 */
public record Books(Losses losses) implements Ledger {
    @Override
    public void count(String cause, String who, String sentence) {
        losses.count(cause, who, sentence);
    }

    @Override
    public void count(String cause, String who, String sentence, Throwable why) {
        losses.count(cause, who, sentence, why);
    }
}
