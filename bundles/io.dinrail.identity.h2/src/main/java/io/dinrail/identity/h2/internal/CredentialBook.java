package io.dinrail.identity.h2.internal;

import static io.dinrail.identity.api.CredentialException.Reason.STORE;
import static io.dinrail.identity.api.CredentialException.Reason.TAKEN;
import static io.dinrail.identity.api.CredentialException.Reason.UNKNOWN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.temporal.ChronoUnit.MILLIS;

import io.dinrail.event.api.BusEvents;
import io.dinrail.event.api.CredentialChanged;
import io.dinrail.event.api.CredentialChanged.Kind;
import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Credential;
import io.dinrail.identity.api.CredentialException;
import io.dinrail.identity.api.Credentials;
import io.dinrail.identity.api.Decision;
import io.dinrail.identity.api.Identity;
import io.dinrail.identity.api.Issued;
import io.dinrail.identity.api.Principal;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.event.EventAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps all credentials in force in memory; changes go to the store first, then to memory, then to the bus. */
@Component(immediate = true)
public final class CredentialBook implements Credentials, Identity {
    private static final Logger LOG = LoggerFactory.getLogger(CredentialBook.class);
    private static final int SECRET_BYTES = 24;

    private final Map<String, LiveCredential> live = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final CredentialTable table;
    private final KeyRing keys;
    private final EventAdmin bus;
    private final Clock clock;

    /**
     * Loads the credentials.
     *
     * @throws SQLException if the store can't be read.
     */
    @Activate
    public CredentialBook(
            BundleContext context,
            @Reference(target = "(dinrail.schema=identity)") DataSource store,
            @Reference EventAdmin bus)
            throws SQLException {
        this(() -> SecretsFolder.of(context), store, bus, Clock.systemUTC());
    }

    CredentialBook(KeyRing.Folder folder, DataSource store, EventAdmin bus, Clock clock) throws SQLException {
        this.table = new CredentialTable(store);
        this.bus = bus;
        this.clock = clock;
        table.inForce().forEach(credential -> live.put(credential.credential().name(), credential));
        this.keys = KeyRing.open(folder, table);
        keys.trouble().ifPresent(LOG::error);
    }

    @Override
    public Optional<Principal> authenticate(String name, byte[] secret) {
        // The hash is computed for unknown names too, so that time doesn't tell which names exist.
        Optional<byte[]> presented = keys.master().map(key -> key.digest(name, secret));
        LiveCredential known = live.getOrDefault(name, keys.nobody());
        return presented
                .filter(known::accepts)
                .map(digest -> known.principal())
                .filter(principal -> principal.name().equals(name));
    }

    @Override
    public boolean authorise(Principal principal, Action action, String topic) {
        return rights(principal)
                .filter(rules -> rules.allows(action, topic, principal.name()))
                .isPresent();
    }

    @Override
    public Decision explain(Principal principal, Action action, String topic) {
        Optional<RuleSet> rules = rights(principal);
        if (rules.isEmpty()) {
            return new Decision(false, "no credential in force: it was revoked, changed or never issued");
        }
        return rules.get()
                .explain(action, topic, principal.name())
                .map(rule -> new Decision(true, rule))
                .orElseGet(() -> new Decision(false, principal.ruleSet() + ": no rule allows it"));
    }

    @Override
    public synchronized Issued issue(String name, String ruleSet, List<String> clientIds) throws CredentialException {
        CredentialRequest request = CredentialRequest.checked(name, ruleSet, clientIds);
        if (live.containsKey(name)) {
            throw new CredentialException(
                    TAKEN, "there is a credential " + name + " already: choose another name or revoke it first");
        }
        MasterKey key = keys.master()
                .orElseThrow(() -> new CredentialException(STORE, keys.trouble().orElse("there is no master key")));
        Credential credential = new Credential(
                name, ruleSet, request.clientIds(), clock.instant().truncatedTo(MILLIS));
        String secret = newSecret();
        LiveCredential issued = new LiveCredential(credential, key.digest(name, secret.getBytes(UTF_8)));
        try {
            table.insert(issued);
        } catch (SQLException e) {
            throw unstored("credential " + name + " was not issued", e);
        }
        live.put(name, issued);
        announce(Kind.ISSUED, credential, credential.createdAt());
        return new Issued(credential, secret);
    }

    @Override
    public synchronized void revoke(String name) throws CredentialException {
        LiveCredential known = live.get(name);
        if (known == null) {
            throw new CredentialException(UNKNOWN, "there is no credential of that name: look at the list");
        }
        Instant at = clock.instant().truncatedTo(MILLIS);
        try {
            table.revoke(name, at);
        } catch (SQLException e) {
            throw unstored("credential " + name + " was not revoked and still works", e);
        }
        live.remove(name);
        announce(Kind.REVOKED, known.credential(), at);
    }

    @Override
    public List<Credential> list() {
        return live.values().stream()
                .map(LiveCredential::credential)
                .sorted(Comparator.comparing(Credential::name))
                .toList();
    }

    @Override
    public Optional<Credential> find(String name) {
        return Optional.ofNullable(live.get(name)).map(LiveCredential::credential);
    }

    /** Compares the whole principal, so that one from before a change has no rights after it. */
    private Optional<RuleSet> rights(Principal principal) {
        return Optional.ofNullable(live.get(principal.name()))
                .filter(known -> known.principal().equals(principal))
                .flatMap(known -> RuleSet.named(principal.ruleSet()));
    }

    private void announce(Kind kind, Credential credential, Instant at) {
        bus.sendEvent(BusEvents.wrap(new CredentialChanged(kind, credential.name(), credential.ruleSet(), at)));
    }

    private String newSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static CredentialException unstored(String what, SQLException e) {
        String cause = String.valueOf(e.getMessage()).split("; SQL statement", 2)[0];
        return new CredentialException(
                STORE, what + " because the store failed: mend it and try again (" + cause + ")");
    }
}
