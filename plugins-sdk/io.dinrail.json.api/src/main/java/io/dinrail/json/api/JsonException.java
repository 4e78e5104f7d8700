package io.dinrail.json.api;

/** A text is no JSON, or breaks a bound; the message begins with the place. */
public final class JsonException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Says what is wrong where.
     *
     * @param line counted from 1.
     * @param column counted from 1.
     * @param message what is wrong.
     */
    public JsonException(int line, int column, String message) {
        super("line " + line + ", column " + column + ": " + message);
    }
}
