package io.dinrail.identity.h2.internal.secrets;

import java.util.Optional;

/**
 * A place that holds a master key.
 *
 * @param kind what kind of place.
 * @param place for people.
 * @param key empty if what is there is no key.
 */
record FoundKey(Kind kind, String place, Optional<MasterKey> key) {
    enum Kind {
        CREDENTIAL,
        ENVIRONMENT,
        FILE,
        /** The file of a rotation that was cut short. */
        NEXT_FILE
    }

    boolean fits(byte[] fingerprint) {
        return key.filter(master -> master.fits(fingerprint)).isPresent();
    }

    /** @return whether it is a file of ours, which we may change. */
    boolean isFile() {
        return kind == Kind.FILE || kind == Kind.NEXT_FILE;
    }

    @Override
    public String toString() {
        return place;
    }
}
