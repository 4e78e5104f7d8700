package io.dinrail.identity.h2.internal.rules;

import io.dinrail.identity.h2.internal.rules.Level.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes the topics of one document's rules apart, and numbers the variables in them. */
final class TemplateReader {
    private static final Pattern VARIABLE = Pattern.compile("%u|%c|\\{[^{}]*}");

    private final Map<Variable, Integer> numbers = new LinkedHashMap<>();

    /** @return the variables so far, each at its number. */
    List<Variable> variables() {
        return List.copyOf(numbers.keySet());
    }

    int number(Variable variable) {
        return numbers.computeIfAbsent(variable, v -> numbers.size());
    }

    /**
     * Reads a topic.
     *
     * @throws IllegalArgumentException if it is no filter with variables; the message is a sentence.
     */
    TopicTemplate read(String topic, Optional<String> binding) {
        TopicText.fault(topic, true).ifPresent(fault -> {
            throw new IllegalArgumentException("this is no filter: " + fault);
        });
        Map<String, Integer> written = new HashMap<>();
        List<List<Part>> levels = new ArrayList<>();
        for (String level : topic.split("/", -1)) {
            levels.add(parts(level, binding, written));
        }
        Optional<Integer> repeated = repeated(levels);
        return new TopicTemplate(
                levels.stream().map(parts -> level(parts, repeated)).toList(), written);
    }

    private List<Part> parts(String level, Optional<String> binding, Map<String, Integer> written) {
        List<Part> parts = new ArrayList<>();
        Matcher variable = VARIABLE.matcher(level);
        int end = 0;
        while (variable.find()) {
            fixed(level.substring(end, variable.start()), parts);
            int number = number(Variable.parse(variable.group(), binding));
            written.put(variable.group(), number);
            parts.add(new Part("", number));
            end = variable.end();
        }
        fixed(level.substring(end), parts);
        return parts.isEmpty() ? List.of(new Part("", -1)) : parts;
    }

    private static void fixed(String text, List<Part> parts) {
        if (text.indexOf('{') >= 0) {
            throw new IllegalArgumentException("a { opens a variable that no } closes within the level");
        }
        if (!text.isEmpty()) {
            parts.add(new Part(text, -1));
        }
    }

    private Level level(List<Part> parts, Optional<Integer> repeated) {
        Part first = parts.get(0);
        if (parts.size() == 1 && (first.text().equals("+") || first.text().equals("#"))) {
            return first.text().equals("+") ? Level.ONE : Level.ALL;
        }
        int list = -1;
        for (int i = 0; i < parts.size(); i++) {
            list = isList(parts.get(i)) ? i : list;
        }
        int variable = list < 0 ? -1 : parts.get(list).variable();
        return Level.of(
                parts, list, repeated.filter(number -> number == variable).isPresent());
    }

    /** Variables with several values: one in a level, one in several levels, or it would not be plain what matches. */
    private Optional<Integer> repeated(List<List<Part>> levels) {
        Set<Integer> seen = new HashSet<>();
        Set<Integer> again = new HashSet<>();
        for (List<Part> level : levels) {
            List<Part> lists = level.stream().filter(this::isList).toList();
            if (lists.size() > 1) {
                throw new IllegalArgumentException("two variables that may have several values stand in one level");
            }
            lists.stream()
                    .map(Part::variable)
                    .filter(number -> !seen.add(number))
                    .forEach(again::add);
        }
        if (again.size() > 1) {
            throw new IllegalArgumentException("two variables that may have several values stand twice each");
        }
        return again.stream().findFirst();
    }

    private boolean isList(Part part) {
        return part.variable() >= 0 && variables().get(part.variable()).isList();
    }
}
