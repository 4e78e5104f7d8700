package io.dinrail.shell.internal;

/** A command can't do what was asked; the message is one sentence for the person who asked. */
final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String sentence) {
        super(sentence);
    }

    Refused(Exception cause) {
        super(cause.getMessage(), cause);
    }
}
