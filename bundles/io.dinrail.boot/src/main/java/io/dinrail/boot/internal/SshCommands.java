package io.dinrail.boot.internal;

import org.apache.karaf.shell.api.console.SessionFactory;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.shell.UnknownCommandFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Lets remote logins run one command through {@link ExecCommand} instead of Karaf's own, which mixes errors into the output. */
@Component(service = SshCommands.class, immediate = true)
public final class SshCommands {
    private final SessionFactory sessions;

    @Activate
    public SshCommands(@Reference SessionFactory sessions) {
        this.sessions = sessions;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindServer(SshServer server) {
        server.setCommandFactory((channel, line) -> new ExecCommand(sessions, line));
    }

    void unbindServer(SshServer server) {
        server.setCommandFactory(UnknownCommandFactory.INSTANCE);
    }
}
