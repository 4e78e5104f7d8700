package io.dinrail.identity.h2.internal.login;

/** Untrusted text as it may stand in a log or a message. */
final class LoggedText {
    private static final int LONGEST = 200;

    private LoggedText() {}

    static String of(String text) {
        StringBuilder clean = new StringBuilder();
        text.codePoints().limit(LONGEST).forEach(point -> clean.appendCodePoint(isPlain(point) ? point : '?'));
        return clean.toString();
    }

    private static boolean isPlain(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
