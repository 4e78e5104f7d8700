package io.dinrail.identity.h2.internal.audit;

import java.security.MessageDigest;

/**
 * A place in the chain.
 *
 * @param number of an entry; 0 is before the first.
 * @param hash of that entry.
 */
@SuppressWarnings("ArrayRecordComponent") // never changed, never compared as a whole
record Bound(long number, byte[] hash) {
    static final Bound START = new Bound(0, new byte[32]);

    boolean isAt(Bound other) {
        return number == other.number && MessageDigest.isEqual(hash, other.hash);
    }
}
