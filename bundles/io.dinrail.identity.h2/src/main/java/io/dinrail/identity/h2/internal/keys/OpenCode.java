package io.dinrail.identity.h2.internal.keys;

import io.dinrail.identity.api.Enrolment.OpenEnrolment;
import io.dinrail.identity.h2.internal.login.LoginName;
import java.security.MessageDigest;
import java.time.Instant;

/**
 * A code that can still be used.
 *
 * @param whose whom it is for.
 * @param ruleSet what that will get.
 * @param digest of the code.
 * @param createdAt since when.
 * @param expiresAt until when.
 */
@SuppressWarnings("ArrayRecordComponent") // compared in constant time only
record OpenCode(LoginName whose, String ruleSet, byte[] digest, Instant createdAt, Instant expiresAt) {
    boolean is(byte[] presented) {
        return MessageDigest.isEqual(digest, presented);
    }

    boolean hasEnded(Instant now) {
        return !now.isBefore(expiresAt);
    }

    String root() {
        return "enrolment:" + owner(whose);
    }

    /** What a code is hashed with. */
    static String owner(LoginName whose) {
        return whose.organisation() + '/' + whose.name();
    }

    OpenEnrolment shown() {
        return new OpenEnrolment(whose.login(), ruleSet, expiresAt);
    }

    @Override
    public String toString() {
        return "OpenCode[" + owner(whose) + "]";
    }
}
