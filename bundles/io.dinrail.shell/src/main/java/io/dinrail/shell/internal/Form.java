package io.dinrail.shell.internal;

import io.dinrail.identity.api.Role;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;

/**
 * What a command's class says by its annotations.
 *
 * @param command its name and purpose.
 * @param least the least role that may run it.
 * @param arguments in order.
 * @param options by name.
 */
record Form(Command command, Role least, List<Slot> arguments, List<Slot> options) {
    /**
     * One field to fill.
     *
     * @param name of an argument in lower case, of an option with its dashes.
     */
    record Slot(String name, String description, boolean required, Field field, Optional<Completion> completion) {
        boolean isFlag() {
            return field.getType() == boolean.class;
        }

        /** Whether it may be given more than once. */
        boolean isMany() {
            return field.getType() == List.class;
        }

        String usage() {
            String value = name.startsWith("--") ? name + (isFlag() ? "" : " VALUE") : name.toUpperCase(Locale.ROOT);
            return required ? value : "[" + value + "]";
        }
    }

    static Form of(Class<? extends PlatformCommand> type) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> at = type; at != PlatformCommand.class; at = at.getSuperclass()) {
            fields.addAll(Arrays.asList(at.getDeclaredFields()));
        }
        fields.forEach(field -> field.setAccessible(true));
        return new Form(
                type.getAnnotation(Command.class),
                type.getAnnotation(Needs.class).value(),
                arguments(fields),
                options(fields));
    }

    private static List<Slot> arguments(List<Field> fields) {
        return fields.stream()
                .filter(field -> field.isAnnotationPresent(Argument.class))
                .sorted(Comparator.comparing(
                        field -> field.getAnnotation(Argument.class).index()))
                .map(field -> {
                    Argument argument = field.getAnnotation(Argument.class);
                    return slot(argument.name(), argument.description(), argument.required(), field);
                })
                .toList();
    }

    private static List<Slot> options(List<Field> fields) {
        return fields.stream()
                .filter(field -> field.isAnnotationPresent(Option.class))
                .map(field -> {
                    Option option = field.getAnnotation(Option.class);
                    return slot(option.name(), option.description(), false, field);
                })
                .sorted(Comparator.comparing(Slot::name))
                .toList();
    }

    private static Slot slot(String name, String description, boolean required, Field field) {
        return new Slot(name, description, required, field, Optional.ofNullable(field.getAnnotation(Completion.class)));
    }

    String fullName() {
        return command.scope() + ":" + command.name();
    }

    String usage() {
        return Stream.concat(
                        Stream.of(fullName()),
                        Stream.concat(arguments.stream(), options.stream()).map(Slot::usage))
                .collect(Collectors.joining(" "));
    }

    Optional<Slot> option(String name) {
        return options.stream().filter(option -> option.name().equals(name)).findFirst();
    }
}
