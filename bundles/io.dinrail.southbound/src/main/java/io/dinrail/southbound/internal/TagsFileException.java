package io.dinrail.southbound.internal;

/** A tags file as a whole can't be read; the message names file and line. */
final class TagsFileException extends Exception {
    private static final long serialVersionUID = 1L;

    TagsFileException(String message) {
        super(message);
    }
}
