package io.dinrail.boot.internal;

import io.dinrail.identity.api.Audit;
import io.dinrail.identity.api.People;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.ssh.KarafJaasAuthenticator;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.PublickeyAuthenticator;
import org.apache.sshd.server.auth.pubkey.RejectAllPublickeyAuthenticator;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.apache.sshd.server.session.ServerSession;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Puts Karaf's ssh server under our lock: keys of the owner and of people, no password, no tunnels, and commands whose failure can
 * be told from their output. Karaf registers the server before it listens, so no connection comes in under another lock.
 *
 * <p>Karaf's own realm is not used because its key list lies in {@code etc}, which several instances share.
 */
@Component(service = SshDoor.class, immediate = true)
public final class SshDoor implements PublickeyAuthenticator {
    private static final int MOST_WAITING = 64;
    private static final int MOST_WAITING_OF_ONE_ADDRESS = 16;
    /** Without RSA over SHA-1; what this Java can't do is left out. */
    private static final List<BuiltinSignatures> SIGNATURES = List.of(
            BuiltinSignatures.ed25519,
            BuiltinSignatures.nistp256,
            BuiltinSignatures.nistp384,
            BuiltinSignatures.nistp521,
            BuiltinSignatures.sk_ssh_ed25519,
            BuiltinSignatures.sk_ecdsa_sha2_nistp256,
            BuiltinSignatures.rsaSHA512,
            BuiltinSignatures.rsaSHA256);

    private final KeyHolders holders;
    private final KeyPairProvider hostKey;
    private final RefusedLogins refused;
    private final Hallway hallway;
    private final Guests guests;

    @Activate
    public SshDoor(BundleContext context) throws IOException, GeneralSecurityException {
        this(Secrets.of(context), Duration.ofMillis(500));
    }

    SshDoor(Secrets secrets, Duration pause) throws IOException, GeneralSecurityException {
        KeyFiles keys = new KeyFiles(secrets);
        keys.complete();
        hostKey = KeyPairProvider.wrap(keys.host());
        holders = new KeyHolders(secrets.file(KeyFiles.AUTHORIZED));
        refused = new RefusedLogins(Clock.systemUTC());
        hallway = new Hallway(MOST_WAITING, MOST_WAITING_OF_ONE_ADDRESS, refused::add);
        guests = new Guests(holders, pause);
        guests.start();
    }

    @Deactivate
    void close() throws InterruptedException {
        guests.stop();
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindPeople(People people) {
        holders.people(Optional.of(people));
    }

    void unbindPeople(People people) {
        holders.forget(people);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindAudit(Audit audit) {
        refused.audit(Optional.of(audit));
    }

    void unbindAudit(Audit audit) {
        refused.forget(audit);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindServer(SshServer server) {
        server.setKeyPairProvider(hostKey);
        server.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
        server.setSignatureFactories(SIGNATURES.stream()
                .filter(BuiltinSignatures::isSupported)
                .<NamedFactory<Signature>>map(signature -> signature)
                .toList());
        server.setPasswordAuthenticator(null);
        server.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
        server.setPublickeyAuthenticator(this);
        server.addSessionListener(guests);
        hallway.guard(server);
    }

    void unbindServer(SshServer server) {
        server.setPublickeyAuthenticator(RejectAllPublickeyAuthenticator.INSTANCE);
    }

    @Override
    public boolean authenticate(String username, PublicKey key, ServerSession session) {
        hallway.tries(session, username);
        Optional<Visitor> visitor = holders.find(username, key);
        visitor.ifPresent(known -> {
            session.setAttribute(KarafJaasAuthenticator.SUBJECT_ATTRIBUTE_KEY, known.subject(Addresses.of(session)));
            guests.shows(session, known, key);
        });
        return visitor.isPresent();
    }
}
