package io.dinrail.identity.h2.internal.rules;

/**
 * A stored rule set that can't be read: it grants nothing.
 *
 * @param reason why, in one sentence.
 */
record DamagedRules(String reason) implements Grant {
    @Override
    public Rights bind(Facts facts) {
        return new NoRights(reason);
    }
}
