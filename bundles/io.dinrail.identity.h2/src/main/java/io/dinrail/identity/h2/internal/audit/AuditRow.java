package io.dinrail.identity.h2.internal.audit;

import io.dinrail.identity.api.AuditEntry;

/**
 * An entry with its place in the chain.
 *
 * @param entry what happened.
 * @param hash of it and all before it.
 */
@SuppressWarnings("ArrayRecordComponent") // never changed, never compared as a whole
record AuditRow(AuditEntry entry, byte[] hash) {
    Bound bound() {
        return new Bound(entry.number(), hash);
    }
}
