package io.dinrail.shell.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the lists and choices that stand in options. */
final class Texts {
    private Texts() {}

    /** @return what stands between the commas; nothing for what isn't given. */
    static List<String> list(@Nullable String text) {
        return Stream.ofNullable(text)
                .flatMap(list -> Stream.of(list.split(",")))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** @return the constants between the commas, in any case. */
    static <E extends Enum<E>> Set<E> choices(Class<E> type, @Nullable String text) throws Refused {
        List<String> words = list(text);
        for (String word : words) {
            choice(type, word);
        }
        return words.stream()
                .map(word -> constant(type, word))
                .flatMap(List::stream)
                .collect(Collectors.toSet());
    }

    static <E extends Enum<E>> E choice(Class<E> type, String word) throws Refused {
        return constant(type, word).stream()
                .findFirst()
                .orElseThrow(() -> new Refused("'" + word + "' is none of " + names(type)));
    }

    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static <E extends Enum<E>> List<E> constant(Class<E> type, String word) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> name(constant).equalsIgnoreCase(word.replace('_', '-')))
                .toList();
    }

    private static <E extends Enum<E>> String names(Class<E> type) {
        Function<Enum<?>, String> name = Texts::name;
        return Arrays.stream(type.getEnumConstants()).map(name).collect(Collectors.joining(", "));
    }
}
