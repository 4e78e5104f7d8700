package io.dinrail.identity.h2.internal.login;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;

/** A secret as it is stored: its hash, of which the hash alone is no use. */
final class StoredSecret {
    /** How it is hashed. */
    enum Form {
        /** The keyed hash of version 1. */
        LEGACY,
        /** A keyed hash, for what is random enough. */
        ISSUED,
        /** Argon2id over a keyed hash, for what a person thought of. */
        CHOSEN
    }

    private final Form form;
    private final byte[] digest;
    private final Instant createdAt;
    private final Optional<Instant> validUntil;

    StoredSecret(Form form, byte[] digest, Instant createdAt, Optional<Instant> validUntil) {
        this.form = form;
        this.digest = digest.clone();
        this.createdAt = createdAt;
        this.validUntil = validUntil;
    }

    Form form() {
        return form;
    }

    byte[] digest() {
        return digest.clone();
    }

    Instant createdAt() {
        return createdAt;
    }

    Optional<Instant> validUntil() {
        return validUntil;
    }

    boolean isValid(Instant now) {
        return validUntil.filter(until -> !now.isBefore(until)).isEmpty();
    }

    /** Compares in a time that doesn't depend on where the two differ. */
    boolean has(byte[] presented) {
        return MessageDigest.isEqual(digest, presented);
    }

    StoredSecret endingAt(Instant until) {
        return new StoredSecret(form, digest, createdAt, Optional.of(until));
    }
}
