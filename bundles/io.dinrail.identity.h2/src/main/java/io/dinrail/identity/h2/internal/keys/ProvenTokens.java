package io.dinrail.identity.h2.internal.keys;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tokens found right before, by their hash, so that a plant that reconnects at once costs little. Two generations: when the young one is full it
 * becomes the old one, and what was not asked for meanwhile goes.
 */
final class ProvenTokens {
    private final int generation;
    private volatile Map<Hash, ProvenToken> young = new ConcurrentHashMap<>();
    private volatile Map<Hash, ProvenToken> old = Map.of();

    /** SHA-256 of a token. */
    record Hash(long a, long b, long c, long d) {
        static Hash of(byte[] token) {
            ByteBuffer hash = ByteBuffer.wrap(sha256().digest(token));
            return new Hash(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }
    }

    ProvenTokens(int most) {
        this.generation = most / 2;
    }

    Optional<ProvenToken> find(Hash token) {
        ProvenToken found = young.get(token);
        if (found != null) {
            return Optional.of(found);
        }
        ProvenToken older = old.get(token);
        if (older != null) {
            put(token, older);
        }
        return Optional.ofNullable(older);
    }

    void put(Hash token, ProvenToken proven) {
        if (young.size() >= generation) {
            age();
        }
        young.put(token, proven);
    }

    int size() {
        return young.size() + old.size();
    }

    private synchronized void age() {
        if (young.size() >= generation) {
            old = young;
            young = new ConcurrentHashMap<>();
        }
    }
}
