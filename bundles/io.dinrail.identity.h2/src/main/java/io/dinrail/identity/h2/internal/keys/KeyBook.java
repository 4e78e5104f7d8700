package io.dinrail.identity.h2.internal.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.time.temporal.ChronoUnit.MILLIS;
import static java.util.Comparator.comparing;

import io.dinrail.identity.api.AccessListener.End;
import io.dinrail.identity.api.Actor;
import io.dinrail.identity.api.Admission.Reason;
import io.dinrail.identity.api.ApiKey;
import io.dinrail.identity.api.ApiKey.Permission;
import io.dinrail.identity.api.ApiKeys;
import io.dinrail.identity.api.Attempt;
import io.dinrail.identity.api.Credentials;
import io.dinrail.identity.api.IdentityException;
import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Organisations;
import io.dinrail.identity.h2.internal.audit.Trail;
import io.dinrail.identity.h2.internal.login.LiveAccesses;
import io.dinrail.identity.h2.internal.login.Proof;
import io.dinrail.identity.h2.internal.login.Prover;
import io.dinrail.identity.h2.internal.login.SecretForm;
import io.dinrail.identity.h2.internal.login.SteadyClock;
import io.dinrail.identity.h2.internal.login.StoredCredentials;
import io.dinrail.identity.h2.internal.secrets.SecretsException;
import io.dinrail.identity.h2.internal.secrets.Vault;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Keeps all keys in memory; changes go to the store first. */
@Component(
        service = {ApiKeys.class, Prover.class},
        immediate = true)
public final class KeyBook implements ApiKeys, Prover {
    private final Map<String, LiveKey> live = new ConcurrentHashMap<>();
    private final KeyTable table;
    private final Vault vault;
    private final Organisations organisations;
    private final LiveAccesses connections;
    private final Trail trail;
    private final SteadyClock clock;
    private final Later later;
    private final KeyUses uses;
    private final TokenMint mint;
    private final JwtProver prover;

    /**
     * Loads the keys.
     *
     * @throws SQLException if the store can't be read.
     */
    @Activate
    public KeyBook(
            @Reference(target = "(dinrail.schema=identity)") DataSource store,
            @Reference Vault vault,
            @Reference Organisations organisations,
            @Reference StoredCredentials credentials,
            @Reference LiveAccesses connections,
            @Reference Trail trail)
            throws SQLException {
        this(
                store,
                vault,
                organisations,
                credentials,
                connections,
                trail,
                SteadyClock.system(),
                new Chores("dinrail-identity-api-keys"));
    }

    KeyBook(
            DataSource store,
            Vault vault,
            Organisations organisations,
            StoredCredentials credentials,
            LiveAccesses connections,
            Trail trail,
            SteadyClock clock,
            Later later)
            throws SQLException {
        this.table = new KeyTable(store);
        this.vault = vault;
        this.organisations = organisations;
        this.connections = connections;
        this.trail = trail;
        this.clock = clock;
        this.later = later;
        this.uses = new KeyUses(table, clock);
        this.mint = new TokenMint(vault);
        this.prover = new JwtProver(this::key, vault, credentials, clock);
        table.all().forEach(key -> live.put(key.key().id(), key));
        later.every(KeyUses.PAUSE, uses::write);
    }

    @Deactivate
    void stop() {
        later.close();
        uses.write();
    }

    @Override
    public boolean claims(byte[] secret) {
        return SecretForm.JWT.fits(secret);
    }

    @Override
    public CompletionStage<Proof> prove(String organisation, String name, Attempt attempt) {
        try {
            Proof proof = prover.prove(organisation, name, attempt.secret());
            uses.note(proof);
            return CompletableFuture.completedFuture(proof);
        } catch (SecretsException e) {
            uses.locked(e);
            return CompletableFuture.completedFuture(new Proof.Failed(Reason.UNAVAILABLE, "no key"));
        }
    }

    @Override
    public NewKey create(Actor by, String organisation, String name, List<String> patterns, Set<Permission> actions)
            throws IdentityException {
        KeyOrder order = KeyOrder.secret(known(organisation), name, patterns, actions);
        String id = "sk_id_" + RandomText.hex(12);
        String secret = RandomText.plain(SigningSecret.LENGTH);
        LiveKey key = KeyRow.of(order.key(id, now()), List.of(sealed(id, secret)));
        add(by, key);
        return shown(key, secret);
    }

    @Override
    public NewKey createPublishable(
            Actor by,
            String organisation,
            String name,
            List<String> patterns,
            Set<Permission> actions,
            List<String> allowedOrigins)
            throws IdentityException {
        KeyOrder order = KeyOrder.publishable(known(organisation), name, patterns, actions, allowedOrigins);
        LiveKey key = KeyRow.of(order.key("pk_live_" + RandomText.plain(32), now()), List.of());
        add(by, key);
        return new NewKey(key.key(), "", "");
    }

    @Override
    public synchronized NewKey rotate(Actor by, String id, Duration overlap) throws IdentityException {
        LiveKey old = known(id, true);
        if (overlap.isNegative() || overlap.compareTo(Credentials.LONGEST_OVERLAP) > 0) {
            throw Refusals.refused("the overlap is refused: 0 to 30 days");
        }
        String secret = RandomText.plain(SigningSecret.LENGTH);
        LiveKey key = old.rotated(sealed(id, secret), now().plus(overlap));
        stored("the secret of key " + id + " was not changed", () -> table.replaceSecrets(key));
        live.put(id, key);
        if (overlap.isZero()) { // whoever wants no overlap does not trust the old secret
            connections.end("key:" + id, End.DISTRUSTED);
        }
        trail.changed(by, "key.rotated", id, "overlap " + overlap);
        return shown(key, secret);
    }

    @Override
    public synchronized void disable(Actor by, String id, boolean disabled) throws IdentityException {
        LiveKey key = known(id, false);
        stored("key " + id + " was not changed", () -> table.disable(id, disabled));
        live.put(id, key.disabled(disabled));
        if (disabled) {
            connections.end("key:" + id, End.DISTRUSTED);
        }
        trail.changed(
                by, disabled ? "key.disabled" : "key.enabled", id, key.key().name());
    }

    @Override
    public synchronized void delete(Actor by, String id) throws IdentityException {
        LiveKey key = known(id, false);
        stored("key " + id + " was not deleted and still works", () -> table.delete(id));
        live.remove(id);
        uses.forget(id);
        connections.end("key:" + id, End.DISTRUSTED);
        trail.changed(by, "key.deleted", id, key.key().name());
    }

    @Override
    public String mint(Actor by, String id, TokenOrder order) throws IdentityException {
        LiveKey key = known(id, true);
        if (key.key().disabled()) {
            throw Refusals.refused("key " + id + " is disabled: enable it or take another");
        }
        String token = mint.sign(key, order, clock.instant());
        trail.changed(by, "token.minted", id, "for " + order.peer());
        return token;
    }

    @Override
    public List<ApiKey> list() {
        return live.values().stream()
                .map(uses::withUse)
                .sorted(comparing(ApiKey::organisation)
                        .thenComparing(ApiKey::name)
                        .thenComparing(ApiKey::id))
                .toList();
    }

    private synchronized void add(Actor by, LiveKey key) throws IdentityException {
        String organisation = key.key().organisation();
        if (live.values().stream().filter(other -> other.isIn(organisation)).count() >= MOST) {
            throw Refusals.refused("organisation " + organisation + " has " + MOST + " keys already: delete one first");
        }
        stored("the key was not made", () -> table.insert(key));
        live.put(key.key().id(), key);
        trail.changed(by, "key.created", key.key().id(), key.key().name());
    }

    private Optional<LiveKey> key(String id) {
        return Optional.ofNullable(live.get(id));
    }

    private LiveKey known(String id, boolean signing) throws IdentityException {
        LiveKey key = key(id).orElseThrow(() -> Refusals.unknown("there is no such key: look at the list"));
        if (signing && !key.key().isSecret()) {
            throw Refusals.refused("a publishable key signs nothing: take a secret key");
        }
        return key;
    }

    private String known(String organisation) throws IdentityException {
        return organisations
                .find(organisation)
                .map(Organisation::id)
                .orElseThrow(() -> Refusals.unknown("there is no such organisation: look at the list"));
    }

    private SigningSecret sealed(String id, String secret) throws IdentityException {
        try {
            return new SigningSecret(id, vault.seal(id, secret.getBytes(US_ASCII)), Optional.empty());
        } catch (SecretsException e) {
            throw Refusals.locked("the key can't be sealed", e);
        }
    }

    private static NewKey shown(LiveKey key, String secret) {
        String id = key.key().id();
        return new NewKey(key.key(), SigningSecret.PREFIX + secret, id + "_secret_" + secret);
    }

    private Instant now() {
        return clock.instant().truncatedTo(MILLIS);
    }

    private static void stored(String otherwise, Change change) throws IdentityException {
        try {
            change.write();
        } catch (SQLException e) {
            throw Refusals.unstored(otherwise, e);
        }
    }

    /** A change of the store. */
    private interface Change {
        void write() throws SQLException;
    }
}
