package io.dinrail.identity.h2.internal.keys;

/** A token is refused; the message is a few words for the audit log and never holds text of the token. */
final class JwtRefused extends Exception {
    private static final long serialVersionUID = 1L;

    JwtRefused(String why) {
        super(why, null, false, false);
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
