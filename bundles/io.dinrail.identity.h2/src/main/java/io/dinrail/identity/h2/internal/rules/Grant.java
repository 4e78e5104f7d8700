package io.dinrail.identity.h2.internal.rules;

import io.dinrail.identity.api.Limits;

/** Rights for whoever comes: a compiled rule set, or the channels of a token. Immutable, shared by all who have it. */
public interface Grant {
    /**
     * Fills the variables in for one connection.
     *
     * @param facts of it.
     * @return its rights.
     */
    Rights bind(Facts facts);

    /** @return how fast they may publish. */
    default Limits limits() {
        return Limits.USUAL;
    }
}
