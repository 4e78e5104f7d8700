package io.dinrail.shell.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.security.auth.Subject;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.karaf.jaas.boot.principal.ClientPrincipal;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;
import org.apache.karaf.shell.api.console.Candidate;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.impl.console.SessionFactoryImpl;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.parsing.CommandLineImpl;

/** All commands in Karaf's own shell, the way that a command line from outside reaches them. */
final class TestShell implements AutoCloseable {
    /** What a caller got; the failure is empty if there was none. */
    record Answer(String out, String err, String failure) {}

    final FakeFramework framework = new FakeFramework();
    /** One for all shells of the test run: it takes the place of {@code System.out}, and a second one is refused. */
    private static final ThreadIOImpl STREAMS = new ThreadIOImpl();

    static {
        STREAMS.start();
    }

    private final SessionFactoryImpl sessions = new SessionFactoryImpl(STREAMS);
    private final Commands commands;
    /** What the next command reads. */
    InputStream in = InputStream.nullInputStream();
    /** Who runs the next command. */
    Subject caller = caller("tester", "admin");

    TestShell() {
        commands = new Commands(sessions, framework.context());
    }

    static Subject caller(String name, String role) {
        return new Subject(
                true,
                Set.of(new UserPrincipal(name), new ClientPrincipal("ssh", "192.0.2.7"), new RolePrincipal(role)),
                Set.of(),
                Set.of());
    }

    Answer run(String line) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String failure = run(line, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
        return new Answer(out.toString(UTF_8), err.toString(UTF_8), failure);
    }

    /** Runs a line that must succeed; returns what it printed, without the last line's end. */
    String out(String line) {
        Answer answer = run(line);
        if (!answer.failure().isEmpty()) {
            throw new AssertionError(line + " failed: " + answer.failure());
        }
        return answer.out().stripTrailing();
    }

    /** Runs a line that must fail; returns its sentence. */
    String failure(String line) {
        Answer answer = run(line);
        if (answer.failure().isEmpty()) {
            throw new AssertionError(line + " succeeded: " + answer.out());
        }
        return answer.failure();
    }

    /** What Tab offers at the end of a line. */
    List<String> completions(String line) {
        try (Session session = sessions.create(InputStream.nullInputStream(), System.out, System.err)) {
            String name = line.substring(0, line.indexOf(' '));
            Command command = sessions.getRegistry().getCommand("dinrail", name.substring("dinrail:".length()));
            CommandLine parsed = parsed(line);
            List<Candidate> candidates = new ArrayList<>();
            command.getCompleter(false).completeCandidates(session, parsed, candidates);
            return candidates.stream()
                    .map(Candidate::value)
                    .filter(value -> value.startsWith(parsed.getCursorArgument()))
                    .sorted()
                    .toList();
        }
    }

    /** The console's reading of a line, with the empty word that is to be completed. */
    private static CommandLine parsed(String line) {
        String[] words = line.split(" ", -1);
        int last = words.length - 1;
        return new CommandLineImpl(words, last, words[last].length(), line.length(), line);
    }

    String run(String line, PrintStream out, PrintStream err) {
        try (Session session = sessions.create(in, out, err)) {
            session.put("USER", "somebody-else"); // what stands in a session is its owner's to change
            Subject.doAs(caller, (PrivilegedExceptionAction<Object>) () -> session.execute(line));
            return "";
        } catch (PrivilegedActionException e) {
            return e.getException() instanceof CommandException refused
                    ? refused.getNiceHelp()
                    : e.getException().toString();
        } catch (RuntimeException e) {
            return e.toString();
        }
    }

    void withdraw() {
        commands.withdraw();
    }

    @Override
    public void close() {
        sessions.stop();
    }
}
