package io.dinrail.identity.h2.internal.keys;

import java.time.Instant;

/**
 * A token whose signature and claims were found right.
 *
 * @param key as it was then.
 * @param signer the secret that signed it.
 * @param subject its bearer.
 * @param issuedAt when it was signed at the earliest.
 * @param expiresAt its end.
 * @param grant what it may do.
 */
record ProvenToken(
        LiveKey key, SigningSecret signer, String subject, Instant issuedAt, Instant expiresAt, ChannelGrant grant) {}
