package io.dinrail.shell.internal;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.karaf.shell.api.console.Session;

/**
 * One run of a command.
 *
 * @param services what is installed.
 * @param session the caller's.
 * @param out where answers go.
 */
record Call(Services services, Session session, PrintStream out) {
    /** A path as the caller means it, on the machine that the platform runs on. */
    Path path(String text) {
        return session.currentDir().resolve(text);
    }

    /** Who runs this command, for the record. */
    String user() {
        return Optional.ofNullable(session.get("USER"))
                .map(user -> "shell:" + user)
                .orElse("shell");
    }
}
