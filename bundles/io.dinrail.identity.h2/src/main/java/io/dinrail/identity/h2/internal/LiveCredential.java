package io.dinrail.identity.h2.internal;

import io.dinrail.identity.api.Credential;
import io.dinrail.identity.api.Principal;
import java.security.MessageDigest;

/** A credential in force, with the keyed hash of its secret. */
final class LiveCredential {
    private final Credential credential;
    private final Principal principal;
    private final byte[] digest;

    LiveCredential(Credential credential, byte[] digest) {
        this.credential = credential;
        this.principal = new Principal(credential.name(), credential.ruleSet(), credential.clientIds());
        this.digest = digest.clone();
    }

    Credential credential() {
        return credential;
    }

    Principal principal() {
        return principal;
    }

    byte[] digest() {
        return digest.clone();
    }

    /** Compares in a time that doesn't depend on where the two differ. */
    boolean accepts(byte[] presented) {
        return MessageDigest.isEqual(digest, presented);
    }
}
