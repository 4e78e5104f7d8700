package io.dinrail.boot.internal;

import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.karaf.shell.support.CommandException;

/** Turns what a command threw into the text that its caller reads. */
final class Failures {
    /** Colours and styles, which Karaf puts into its own messages whether or not a terminal reads them. */
    private static final Pattern STYLE = Pattern.compile("\u001B\\[[0-9;]*m");

    private static final String UNKNOWN = "Command not found: ";

    private Failures() {}

    static String sentence(Throwable failure, boolean admin) {
        String text = failure instanceof CommandException wrongUse ? wrongUse.getNiceHelp() : failure.getMessage();
        String message = Optional.ofNullable(text).filter(t -> !t.isBlank()).orElseGet(failure.getClass()::getName);
        String plain = STYLE.matcher(message).replaceAll("").strip();
        if (failure instanceof SecurityException) {
            return "your role does not allow this: ask an admin";
        }
        // Karaf says of a command that its caller may not run that there is none.
        return plain.startsWith(UNKNOWN) && !admin ? plain + ", or not for your role" : plain;
    }
}
