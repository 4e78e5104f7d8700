package io.dinrail.identity.h2.internal.rules;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One level of a rule's topic. */
final class Level {
    /** What it is made of. */
    enum Kind {
        ONE,
        ALL,
        /** A fixed text. */
        TEXT,
        /** A variable and nothing else. */
        VARIABLE,
        /** Texts and variables, one of which may have several values. */
        MIXED
    }

    /**
     * A piece of a level.
     *
     * @param text what it is; empty for a variable.
     * @param variable the variable's number, or -1.
     */
    record Part(String text, int variable) {
        String value(Values[] values) {
            return variable < 0 ? text : values[variable].only();
        }
    }

    static final Level ONE = new Level(Kind.ONE, List.of(), -1, false);
    static final Level ALL = new Level(Kind.ALL, List.of(), -1, false);

    final Kind kind;
    final String text;
    /** Whether a variable with several values stands here that stands elsewhere too: both mean the same value. */
    final boolean repeated;

    private final int hash;
    private final Part[] parts;
    private final int listAt;
    private final int variable;

    private Level(Kind kind, List<Part> parts, int listAt, boolean repeated) {
        this.kind = kind;
        this.parts = parts.toArray(Part[]::new);
        this.listAt = listAt < 0 ? this.parts.length : listAt;
        this.text = kind == Kind.TEXT ? parts.get(0).text() : "";
        this.hash = text.hashCode();
        this.variable = kind == Kind.VARIABLE ? parts.get(0).variable() : -1;
        this.repeated = repeated;
    }

    /**
     * Makes a level.
     *
     * @param parts what it is made of, at least one.
     * @param listAt which of them may have several values; -1 for none.
     */
    static Level of(List<Part> parts, int listAt, boolean repeated) {
        boolean single = parts.size() == 1;
        boolean fixed = single && parts.get(0).variable() < 0;
        Kind kind = fixed ? Kind.TEXT : single ? Kind.VARIABLE : Kind.MIXED;
        return new Level(kind, parts, listAt, repeated);
    }

    boolean isWildcard() {
        return kind == Kind.ONE || kind == Kind.ALL;
    }

    /**
     * Compares with one level of a topic or filter, by letters.
     *
     * @param hash of that level.
     * @return the value of the variable that may have several, or some text if there is none of them; null if it differs.
     */
    @Nullable
    String find(String asked, int from, int to, int hash, Values[] values) {
        if (kind == Kind.TEXT) {
            return this.hash == hash && text.length() == to - from && asked.startsWith(text, from) ? text : null;
        }
        return kind == Kind.VARIABLE
                ? values[variable].find(asked, from, to, hash)
                : findBetween(asked, from, to, values);
    }

    private @Nullable String findBetween(String asked, int from, int to, Values[] values) {
        int start = from;
        for (int i = 0; i < listAt; i++) {
            String part = parts[i].value(values);
            if (start + part.length() > to || !asked.startsWith(part, start)) {
                return null;
            }
            start += part.length();
        }
        int end = to;
        for (int i = parts.length - 1; i > listAt; i--) {
            String part = parts[i].value(values);
            end -= part.length();
            if (end < start || !asked.startsWith(part, end)) {
                return null;
            }
        }
        if (listAt == parts.length) {
            return start == end ? text : null;
        }
        return values[parts[listAt].variable()].find(asked, start, end, hash(asked, start, end));
    }

    private static int hash(String text, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + text.charAt(i);
        }
        return hash;
    }
}
