package io.dinrail.shell.internal;

import io.dinrail.identity.api.Actor;
import java.io.PrintStream;
import java.nio.file.Path;
import org.apache.karaf.shell.api.console.Session;

/**
 * One run of a command.
 *
 * @param services what is installed.
 * @param session the caller's.
 * @param caller who it is.
 * @param out where answers go.
 */
record Call(Services services, Session session, Caller caller, PrintStream out) {
    /** A path as the caller means it, on the machine that the platform runs on. */
    Path path(String text) {
        return session.currentDir().resolve(text);
    }

    /** A file as the caller means it. */
    ServerFile file(String text) {
        return new ServerFile(path(text), ServerFile.secrets(services));
    }

    /** Who runs this command, for the records of alerts and commands. */
    String user() {
        return "shell:" + caller.name();
    }

    /** Who runs this command, for identity. */
    Actor actor() {
        return caller.actor();
    }
}
