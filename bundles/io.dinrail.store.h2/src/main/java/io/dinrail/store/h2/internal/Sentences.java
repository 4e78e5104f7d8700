package io.dinrail.store.h2.internal;

import java.nio.file.Path;
import java.sql.SQLException;
import org.h2.api.ErrorCode;

/** Says what is wrong with the store in words for the operator. */
final class Sentences {
    private Sentences() {}

    /** H2 appends the statement and a code to its message; the first line without them is what a person needs. */
    static String of(Throwable failure) {
        String said = failure.getMessage() == null ? "" : failure.getMessage();
        // The exceptions of java.nio.file name the path and keep the reason in their type.
        String message = failure instanceof SQLException
                ? said
                : said + " " + failure.getClass().getSimpleName();
        String plain = message.strip().lines().findFirst().orElse(message).replaceAll("; SQL statement:$", "");
        return plain.replaceAll(" \\[\\d+-\\d+]$", "");
    }

    static String cannotOpen(Path folder, Exception failure) {
        int code = failure instanceof SQLException sql ? sql.getErrorCode() : 0;
        return "The store " + folder + " cannot be opened: "
                + switch (code) {
                    case ErrorCode.DATABASE_ALREADY_OPEN_1 ->
                        "another process uses it; stop that one or set DINRAIL_DATA to another folder";
                    case ErrorCode.FILE_CORRUPTED_1 ->
                        "its file is damaged; stop the platform and restore the folder from a copy (" + of(failure)
                                + ")";
                    default -> of(failure) + "; check that the folder can be written and its disk has space";
                }
                + ". Trying again until it works.";
    }
}
