package io.dinrail.boot.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import javax.security.auth.Subject;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.apache.karaf.shell.ssh.KarafJaasAuthenticator;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One command line of a remote login: its output on stdout, its failure on stderr, and a status that tells them apart. */
final class ExecCommand implements Command {
    private static final Logger LOG = LoggerFactory.getLogger(ExecCommand.class);

    private final SessionFactory sessions;
    private final String line;
    private InputStream in = InputStream.nullInputStream();
    private OutputStream out = OutputStream.nullOutputStream();
    private OutputStream err = OutputStream.nullOutputStream();
    private ExitCallback exit = (status, message, closeImmediately) -> {};
    private @Nullable Thread worker;

    ExecCommand(SessionFactory sessions, String line) {
        this.sessions = sessions;
        this.line = line;
    }

    @Override
    public void setInputStream(InputStream in) {
        this.in = in;
    }

    @Override
    public void setOutputStream(OutputStream out) {
        this.out = out;
    }

    @Override
    public void setErrorStream(OutputStream err) {
        this.err = err;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
        this.exit = callback;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) {
        Subject subject = channel.getServerSession().getAttribute(KarafJaasAuthenticator.SUBJECT_ATTRIBUTE_KEY);
        worker = new Thread(() -> exit.onExit(run(subject)), "dinrail-exec");
        worker.setDaemon(true);
        worker.start();
    }

    /** Ends a command that would run for ever, such as a watch, when its caller has gone. */
    @Override
    public void destroy(ChannelSession channel) {
        if (worker != null) {
            worker.interrupt();
        }
    }

    int run(Subject subject) {
        PrintStream errors = new PrintStream(err, true, UTF_8);
        PrintStream output = new PrintStream(out, true, UTF_8);
        try {
            Subject.doAs(subject, (PrivilegedExceptionAction<@Nullable Object>) () -> execute(subject, output, errors));
            return 0;
        } catch (PrivilegedActionException e) {
            return failed(e.getException(), subject, errors);
        } catch (RuntimeException e) {
            return failed(e, subject, errors);
        } catch (Error e) {
            LOG.error("A command of a remote login ended in an error of the platform itself", e);
            return failed(e, subject, errors);
        } finally {
            output.flush();
            errors.flush();
        }
    }

    private @Nullable Object execute(Subject subject, PrintStream output, PrintStream errors) throws Exception {
        try (Session session = sessions.create(in, output, errors)) {
            session.put(Subject.class.getName(), subject);
            return session.execute(line);
        }
    }

    /** The caller reads the sentence, so the log keeps the rest for whoever asks for it. */
    private int failed(Throwable failure, Subject subject, PrintStream errors) {
        LOG.debug("A command of a remote login failed", failure);
        errors.println(Failures.sentence(failure, isAdmin(subject)));
        return 1;
    }

    private static boolean isAdmin(Subject subject) {
        return subject.getPrincipals(RolePrincipal.class).contains(new RolePrincipal("admin"));
    }
}
