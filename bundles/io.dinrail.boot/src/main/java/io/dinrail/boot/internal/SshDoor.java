package io.dinrail.boot.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.List;
import javax.security.auth.Subject;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;
import org.apache.karaf.shell.ssh.KarafJaasAuthenticator;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.PublickeyAuthenticator;
import org.apache.sshd.server.auth.pubkey.RejectAllPublickeyAuthenticator;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.session.ServerSession;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts Karaf's ssh server under our lock: the keys of the secrets folder, no password, and commands whose failure can be told
 * from their output. Karaf registers the server before it listens, so no connection comes in under another lock.
 *
 * <p>Karaf's own realm is not used because its key list lies in {@code etc}, which several instances share.
 */
@Component(service = SshDoor.class, immediate = true)
public final class SshDoor implements PublickeyAuthenticator {
    private static final Logger LOG = LoggerFactory.getLogger(SshDoor.class);
    private static final String USER = "admin";
    private static final List<String> ROLES = List.of("admin", "manager", "viewer", "systembundles", "ssh");

    private final Path authorized;
    private final KeyPairProvider hostKey;

    @Activate
    public SshDoor(BundleContext context) throws IOException, GeneralSecurityException {
        this(Secrets.of(context));
    }

    SshDoor(Secrets secrets) throws IOException, GeneralSecurityException {
        KeyFiles keys = new KeyFiles(secrets);
        keys.complete();
        authorized = secrets.file(KeyFiles.AUTHORIZED);
        hostKey = KeyPairProvider.wrap(keys.host());
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindServer(SshServer server) {
        server.setKeyPairProvider(hostKey);
        server.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
        server.setPasswordAuthenticator(null);
        server.setPublickeyAuthenticator(this);
    }

    void unbindServer(SshServer server) {
        server.setPublickeyAuthenticator(RejectAllPublickeyAuthenticator.INSTANCE);
    }

    @Override
    public boolean authenticate(String username, PublicKey key, ServerSession session) {
        if (!USER.equals(username) || !knows(key)) {
            return false;
        }
        Subject subject = new Subject();
        subject.getPrincipals().add(new UserPrincipal(USER));
        ROLES.forEach(role -> subject.getPrincipals().add(new RolePrincipal(role)));
        session.setAttribute(KarafJaasAuthenticator.SUBJECT_ATTRIBUTE_KEY, subject);
        return true;
    }

    /** Reads the list every time, so that a key put on or taken off counts at the next login. */
    private boolean knows(PublicKey key) {
        try {
            return Files.exists(authorized) && KeyFiles.contains(authorized, key);
        } catch (IOException | GeneralSecurityException e) {
            LOG.warn(
                    "Nobody can log in over ssh: {} can't be read ({}); correct the file.", authorized, e.getMessage());
            return false;
        }
    }
}
