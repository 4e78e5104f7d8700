package io.dinrail.model.api;

/** The one rule for names of devices and tags: they stand in topics, file names and user names as they are. */
final class Names {
    private static final int LONGEST = 128;

    private Names() {}

    static String device(String text) {
        if (text.isEmpty() || text.length() > LONGEST || !isLetterOrDigit(text.charAt(0)) || !allPlain(text)) {
            throw new IllegalArgumentException("device id " + quoted(text)
                    + " is refused: 1 to 128 of the characters A-Z a-z 0-9 . _ ~ -, the first a letter or digit");
        }
        return text;
    }

    static String tag(String text) {
        boolean allowed = !text.isEmpty()
                && text.length() <= LONGEST
                && text.chars().noneMatch(c -> c == '/' || c == '+' || c == '#' || Character.isISOControl(c));
        if (!allowed) {
            throw new IllegalArgumentException("tag name " + quoted(text)
                    + " is refused: 1 to 128 characters, none of them / + # or a control character");
        }
        return text;
    }

    private static boolean allPlain(String text) {
        return text.chars().allMatch(c -> isLetterOrDigit((char) c) || c == '.' || c == '_' || c == '~' || c == '-');
    }

    private static boolean isLetterOrDigit(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    private static String quoted(String text) {
        String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
        StringBuilder safe = new StringBuilder("'");
        shown.chars().forEach(c -> safe.append(Character.isISOControl(c) ? "?" : Character.toString(c)));
        return safe.append('\'').toString();
    }
}
