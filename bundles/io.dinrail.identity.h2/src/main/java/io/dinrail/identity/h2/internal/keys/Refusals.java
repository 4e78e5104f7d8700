package io.dinrail.identity.h2.internal.keys;

import static java.util.Objects.requireNonNullElse;

import io.dinrail.identity.api.IdentityException;
import io.dinrail.identity.api.IdentityException.Reason;
import io.dinrail.identity.h2.internal.secrets.SecretsException;
import java.io.IOException;
import java.sql.SQLException;

/** What is said when something can't be done. */
final class Refusals {
    private Refusals() {}

    static IdentityException refused(String message) {
        return new IdentityException(Reason.REFUSED, message);
    }

    static IdentityException unknown(String message) {
        return new IdentityException(Reason.UNKNOWN, message);
    }

    static IdentityException unstored(String what, SQLException cause) {
        return new IdentityException(
                Reason.STORE, what + " because the store failed: mend it and try again (" + sentence(cause) + ")");
    }

    static IdentityException locked(String what, SecretsException cause) {
        return new IdentityException(Reason.STORE, what + ": " + cause.getMessage());
    }

    /** A disk's trouble is said as the disk says it; of others the driver appends the statement, which is of no use to an operator. */
    static String sentence(SQLException cause) {
        for (Throwable deeper = cause.getCause(); deeper != null; deeper = deeper.getCause()) {
            if (deeper instanceof IOException disk) {
                return requireNonNullElse(disk.getMessage(), disk.toString());
            }
        }
        return requireNonNullElse(cause.getMessage(), cause.toString()).split("; SQL statement|\n", 2)[0];
    }

    /** For what people typed and will see again. */
    static String checkedText(String what, String text, int longest) throws IdentityException {
        if (text.isBlank() || text.length() > longest || text.chars().anyMatch(Character::isISOControl)) {
            throw refused(what + " is refused: give 1 to " + longest + " characters, none of them a control character");
        }
        return text;
    }
}
