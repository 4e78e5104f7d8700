package io.dinrail.identity.h2.internal.login;

import static io.dinrail.identity.api.IdentityException.Reason.REFUSED;
import static io.dinrail.identity.api.IdentityException.Reason.STORE;
import static io.dinrail.identity.api.IdentityException.Reason.TAKEN;
import static io.dinrail.identity.api.IdentityException.Reason.UNKNOWN;

import io.dinrail.identity.api.IdentityException;
import io.dinrail.identity.h2.internal.secrets.SecretsException;
import io.dinrail.identity.h2.internal.secrets.Transaction;
import io.dinrail.identity.h2.internal.text.PlainText;
import java.sql.SQLException;

/** The sentences with which the books say no. */
final class Refusal {
    private static final int LONGEST_QUOTE = 40;

    private Refusal() {}

    static IdentityException refused(String sentence) {
        return new IdentityException(REFUSED, sentence);
    }

    static IdentityException taken(LoginName login) {
        return new IdentityException(
                TAKEN, login.login() + " is somebody's name already: choose another, or revoke that one first");
    }

    static IdentityException unknown(String what, String asked) {
        return new IdentityException(UNKNOWN, "there is no " + what + " " + quoted(asked) + ": look at the list");
    }

    static IdentityException unstored(String what, SQLException e) {
        return new IdentityException(
                STORE, what + " because the store failed: mend it and try again (" + Transaction.plain(e) + ")");
    }

    static IdentityException locked(SecretsException e) {
        return new IdentityException(STORE, String.valueOf(e.getMessage()));
    }

    /** What somebody typed, safe to show. */
    static String quoted(String text) {
        String cut = text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "…" : text;
        return "'" + PlainText.of(cut) + "'";
    }
}
