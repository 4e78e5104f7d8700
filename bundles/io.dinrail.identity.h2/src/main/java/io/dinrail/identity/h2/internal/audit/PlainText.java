package io.dinrail.identity.h2.internal.audit;

/** Makes text of strangers fit for logs: what controls or reorders a line, or is half a character, becomes a question mark. */
final class PlainText {
    private PlainText() {}

    static String of(String text, int most) {
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
