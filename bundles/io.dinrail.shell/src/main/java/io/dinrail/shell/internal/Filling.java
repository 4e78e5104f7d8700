package io.dinrail.shell.internal;

import io.dinrail.shell.internal.Form.Slot;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/** Fills a command's fields from the words behind its name; options stand before, between or behind arguments. */
final class Filling {
    private final Form form;
    private final PlatformCommand command;
    private final Deque<String> words;
    private int arguments;

    private Filling(Form form, PlatformCommand command, List<String> words) {
        this.form = form;
        this.command = command;
        this.words = new ArrayDeque<>(words);
    }

    static void fill(Form form, PlatformCommand command, List<String> words) throws Refused {
        new Filling(form, command, words).fill();
    }

    private void fill() throws Refused {
        boolean options = true;
        while (!words.isEmpty()) {
            String word = words.remove();
            if (options && word.equals("--")) {
                options = false;
            } else if (options && word.startsWith("--")) {
                option(word);
            } else {
                argument(word);
            }
        }
        if (arguments < form.arguments().size()
                && form.arguments().get(arguments).required()) {
            throw refused(form.arguments().get(arguments).name() + " is missing");
        }
    }

    private void argument(String word) throws Refused {
        if (arguments == form.arguments().size()) {
            throw refused("'" + word + "' is one word too many");
        }
        set(form.arguments().get(arguments++), word);
    }

    private void option(String word) throws Refused {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        Slot option = form.option(name).orElseThrow(() -> refused("option " + name + " is unknown"));
        if (equals >= 0) {
            set(option, word.substring(equals + 1));
        } else if (option.isFlag()) {
            set(option, "true");
        } else if (words.isEmpty()) {
            throw refused("option " + name + " lacks its value");
        } else {
            set(option, words.remove());
        }
    }

    private void set(Slot slot, String text) throws Refused {
        try {
            if (slot.isMany()) {
                slot.field()
                        .set(command, Stream.concat(many(slot), Stream.of(text)).toList());
            } else {
                slot.field().set(command, converted(slot, text));
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e); // the form made the field accessible
        }
    }

    private Stream<?> many(Slot slot) throws IllegalAccessException {
        return slot.field().get(command) instanceof List<?> before ? before.stream() : Stream.of();
    }

    private Object converted(Slot slot, String text) throws Refused {
        if (slot.isFlag()) {
            return Boolean.parseBoolean(text);
        }
        if (slot.field().getType() != long.class) {
            return text;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw refused(slot.name() + " is a whole number, not '" + text + "'");
        }
    }

    private Refused refused(String what) {
        return new Refused(what + ": " + form.usage());
    }
}
