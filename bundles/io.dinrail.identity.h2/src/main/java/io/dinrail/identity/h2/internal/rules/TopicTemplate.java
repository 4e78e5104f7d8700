package io.dinrail.identity.h2.internal.rules;

import static io.dinrail.identity.h2.internal.rules.TopicText.STRIDE;

import io.dinrail.identity.h2.internal.rules.Level.Kind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A rule's topic, compiled: shared by all connections, which bring their own values. Topics and filters come as {@link TopicText#scan} left them. */
final class TopicTemplate {
    private final Level[] levels;
    private final boolean startsWithWildcard;
    private final boolean startsWithDollar;
    private final boolean spellsFirstLevel;
    private final Map<String, Integer> variables;
    private final int[] numbers;

    TopicTemplate(List<Level> levels, Map<String, Integer> variables) {
        this.levels = levels.toArray(Level[]::new);
        this.startsWithWildcard = this.levels[0].isWildcard();
        this.startsWithDollar = this.levels[0].text.startsWith("$");
        this.spellsFirstLevel = this.levels[0].kind == Kind.TEXT;
        this.variables = Map.copyOf(variables);
        this.numbers = variables.values().stream()
                .mapToInt(Integer::intValue)
                .distinct()
                .toArray();
    }

    /** @return the variables in it, as they are written, with their numbers. */
    Map<String, Integer> variables() {
        return variables;
    }

    /** @return the hashes of the fixed texts in it, by level. */
    Map<Integer, Integer> texts() {
        Map<Integer, Integer> texts = new TreeMap<>();
        for (int i = 0; i < levels.length; i++) {
            if (levels[i].kind == Kind.TEXT) {
                texts.put(i, levels[i].text.hashCode());
            }
        }
        return texts;
    }

    /** @return whether every variable in it stands for something. */
    boolean isResolved(Values[] values) {
        for (int number : numbers) {
            if (values[number].isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** @return whether its first level is a fixed text, as it must be to reach the platform's own topics. */
    boolean spellsFirstLevel() {
        return spellsFirstLevel;
    }

    /**
     * Tells whether this matches every topic that a filter matches; a topic is a filter that matches itself only.
     *
     * @param asked a well-formed topic or filter.
     * @param at its levels.
     * @param count how many.
     */
    boolean covers(String asked, int[] at, int count, Values[] values) {
        if (startsWithWildcard && asked.charAt(0) == '$') {
            return false;
        }
        String chosen = null;
        for (int i = 0; i < levels.length; i++) {
            Level level = levels[i];
            if (level.kind == Kind.ALL) {
                return true; // the parent too, where the other ends just here
            }
            if (i == count) {
                return false;
            }
            if (level.kind == Kind.ONE) {
                if (isAll(at, i)) {
                    return i + 1 < levels.length && levels[i + 1].kind == Kind.ALL && isBelowNothing(asked, i);
                }
                continue;
            }
            String found = find(level, asked, at, i, values);
            if (found == null || level.repeated && chosen != null && !chosen.equals(found)) {
                return false;
            }
            chosen = level.repeated ? found : chosen;
        }
        return levels.length == count;
    }

    /** Tells whether there may be a topic that both this and a filter match. */
    boolean overlaps(String asked, int[] at, int count, Values[] values) {
        char first = asked.charAt(0);
        if (startsWithWildcard && first == '$' || startsWithDollar && (first == '+' || first == '#')) {
            return false;
        }
        String chosen = null;
        int both = Math.min(levels.length, count);
        for (int i = 0; i < both; i++) {
            Level level = levels[i];
            if (level.kind == Kind.ALL || isAll(at, i)) {
                return true;
            }
            if (level.kind == Kind.ONE || isOne(at, i)) {
                continue;
            }
            String found = find(level, asked, at, i, values);
            if (found == null || level.repeated && chosen != null && !chosen.equals(found)) {
                return false;
            }
            chosen = level.repeated ? found : chosen;
        }
        return levels.length == count || endsWithParent(asked, at, count);
    }

    /** Where one of the two goes on, it may do so with {@code #} only, and not where what both have so far is the empty topic. */
    private boolean endsWithParent(String asked, int[] at, int count) {
        if (levels.length < count) {
            return isAll(at, levels.length) && !(levels.length == 1 && asked.charAt(0) == '/');
        }
        return levels[count].kind == Kind.ALL && !(count == 1 && spellsFirstLevel && levels[0].text.isEmpty());
    }

    private static @Nullable String find(Level level, String asked, int[] at, int i, Values[] values) {
        return level.find(asked, at[STRIDE * i], at[STRIDE * i + 1], at[STRIDE * i + 2], values);
    }

    /** {@code #} includes the level above it. Where that would be the empty topic, which can't exist, {@code #} means one level more at least. */
    private static boolean isBelowNothing(String asked, int level) {
        return level == 0 || level == 1 && asked.charAt(0) == '/';
    }

    private static boolean isAll(int[] at, int i) {
        return at[STRIDE * i + 2] == '#' && at[STRIDE * i + 1] - at[STRIDE * i] == 1;
    }

    private static boolean isOne(int[] at, int i) {
        return at[STRIDE * i + 2] == '+' && at[STRIDE * i + 1] - at[STRIDE * i] == 1;
    }
}
