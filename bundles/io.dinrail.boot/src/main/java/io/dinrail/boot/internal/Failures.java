package io.dinrail.boot.internal;

import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.karaf.shell.support.CommandException;

/** Turns what a command threw into the text that its caller reads. */
final class Failures {
    /** Colours and styles, which Karaf puts into its own messages whether or not a terminal reads them. */
    private static final Pattern STYLE = Pattern.compile("\u001B\\[[0-9;]*m");

    private Failures() {}

    static String sentence(Throwable failure) {
        String text = failure instanceof CommandException wrongUse ? wrongUse.getNiceHelp() : failure.getMessage();
        String message = Optional.ofNullable(text).filter(t -> !t.isBlank()).orElseGet(failure.getClass()::getName);
        return STYLE.matcher(message).replaceAll("").strip();
    }
}
