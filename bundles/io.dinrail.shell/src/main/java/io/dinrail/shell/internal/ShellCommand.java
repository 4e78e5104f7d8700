package io.dinrail.shell.internal;

import io.dinrail.identity.api.Audit;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Supplier;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Parser;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.jspecify.annotations.Nullable;

/**
 * A command as Karaf's shell sees it. Karaf's own extender would take options in front of arguments only, and answers wrong use in colours and two lines;
 * this one takes them anywhere and answers in one sentence.
 */
final class ShellCommand implements Command {
    private final Form form;
    private final Supplier<PlatformCommand> maker;
    private final Services services;

    ShellCommand(Supplier<PlatformCommand> maker, Services services) {
        this.form = Form.of(maker.get().getClass());
        this.maker = maker;
        this.services = services;
    }

    @Override
    public String getScope() {
        return form.command().scope();
    }

    @Override
    public String getName() {
        return form.command().name();
    }

    @Override
    public String getDescription() {
        return form.command().description();
    }

    @Override
    public Completer getCompleter(boolean scoped) {
        return new FormCompleter(form, scoped, services);
    }

    @Override
    public @Nullable Parser getParser() {
        return null; // the shell's own
    }

    @Override
    public @Nullable Object execute(Session session, List<Object> given) throws Exception {
        List<String> words = given.stream().map(String::valueOf).toList(); // the shell's tokens and numbers
        if (words.contains("--help")) {
            help(System.out);
            return null;
        }
        try {
            PlatformCommand command = maker.get();
            Filling.fill(form, command, words);
            execute(command, new Call(services, session, Caller.current(), System.out));
            return null;
        } catch (Refused e) {
            // Of all exceptions this is the one that Karaf shows as it is, without a prefix, and doesn't log as an
            // error.
            throw new CommandException(e.getMessage(), e.getMessage(), e);
        }
    }

    private void execute(PlatformCommand command, Call call) throws Exception {
        String outcome = "failed";
        try {
            command.execute(call);
            outcome = "";
        } catch (Refused e) {
            outcome = "refused: " + e.getMessage();
            throw e;
        } finally {
            record(command.recorded(), call, outcome);
        }
    }

    private void record(String subject, Call call, String outcome) {
        if (!subject.isEmpty()) {
            services.find(Audit.class)
                    .ifPresent(audit ->
                            audit.record(call.actor(), "shell." + form.command().name(), subject, outcome));
        }
    }

    private void help(PrintStream out) {
        out.println(form.command().description() + ".");
        out.println();
        out.println("  " + form.usage());
        out.println();
        form.arguments().forEach(argument -> help(argument, out));
        form.options().forEach(option -> help(option, out));
    }

    private static void help(Form.Slot slot, PrintStream out) {
        out.printf("  %-13s %s%n", slot.name(), slot.description());
    }
}
