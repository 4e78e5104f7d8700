package io.dinrail.shell.internal;

import io.dinrail.shell.internal.Form.Slot;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.console.Candidate;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Completes a command's name, its options wherever they stand, their values, and its arguments. */
final class FormCompleter implements Completer {
    private final Form form;
    private final boolean scoped;
    private final Services services;

    FormCompleter(Form form, boolean scoped, Services services) {
        this.form = form;
        this.scoped = scoped;
        this.services = services;
    }

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        List<Candidate> found = new ArrayList<>();
        completeCandidates(session, line, found);
        found.forEach(candidate -> candidates.add(candidate.value()));
        return 0;
    }

    @Override
    public void completeCandidates(Session session, CommandLine line, List<Candidate> candidates) {
        List<String> words = List.of(line.getArguments());
        int at = line.getCursorArgumentIndex();
        if (at == 0) {
            candidate(form.command().name(), form.command().description(), candidates);
            if (!scoped) {
                candidate(form.fullName(), form.command().description(), candidates);
            }
        } else if (session.resolveCommand(words.get(0)).equals(form.fullName())) {
            behindName(session, line, words.subList(1, at), candidates);
        }
    }

    private void behindName(Session session, CommandLine line, List<String> before, List<Candidate> candidates) {
        int arguments = 0;
        Optional<Slot> open = Optional.empty();
        for (String word : before) {
            boolean isValue = open.isPresent();
            open = isValue ? Optional.empty() : form.option(word).filter(option -> !option.isFlag());
            arguments += isValue || word.startsWith("--") ? 0 : 1;
        }
        String current = Optional.ofNullable(line.getCursorArgument()).orElse("");
        if (open.isEmpty() && current.startsWith("-")) {
            form.options().forEach(option -> candidate(option.name(), option.description(), candidates));
        } else if (open.isEmpty() && arguments < form.arguments().size()) {
            open = Optional.of(form.arguments().get(arguments));
        }
        open.flatMap(Slot::completion)
                .map(this::completer)
                .ifPresent(completer -> completer.completeCandidates(session, line, candidates));
    }

    private Completer completer(Completion completion) {
        if (completion.values().length > 0) {
            return new StringsCompleter(List.of(completion.values()), true);
        }
        if (completion.value() == FileCompleter.class) {
            return new FileCompleter();
        }
        try {
            Constructor<?> constructor = completion.value().getDeclaredConstructor(Services.class);
            return (Completer) constructor.newInstance(services);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(completion.value() + " completes nothing", e);
        }
    }

    private static void candidate(String value, String description, List<Candidate> candidates) {
        candidates.add(new Candidate(value, value, null, description, null, null, true));
    }
}
