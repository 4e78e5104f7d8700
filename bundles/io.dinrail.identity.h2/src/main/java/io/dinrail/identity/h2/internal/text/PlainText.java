package io.dinrail.identity.h2.internal.text;

/** Makes text of strangers fit for logs: what controls or reorders a line, or is half a character, becomes a question mark. */
public final class PlainText {
    private static final int LONGEST = 200;

    private PlainText() {}

    /** @return as much of it as a line of a log or a message takes. */
    public static String of(String text) {
        return of(text, LONGEST);
    }

    /**
     * Cleans a text.
     *
     * @param text whatever it holds.
     * @param most so many characters of it.
     * @return it, clean.
     */
    public static String of(String text, int most) {
        StringBuilder plain = new StringBuilder(Math.min(text.length(), most));
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (plain.length() + Character.charCount(point) > most) {
                return plain.toString();
            }
            plain.appendCodePoint(isPlain(point) ? point : '?');
        }
        return plain.toString();
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
