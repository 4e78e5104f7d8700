package io.dinrail.identity.h2.internal.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.temporal.ChronoUnit.MILLIS;
import static java.util.Comparator.comparing;

import io.dinrail.identity.api.AccessListener.End;
import io.dinrail.identity.api.Actor;
import io.dinrail.identity.api.Attempt;
import io.dinrail.identity.api.IdentityException;
import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Organisations;
import io.dinrail.identity.api.Tokens;
import io.dinrail.identity.h2.internal.audit.Trail;
import io.dinrail.identity.h2.internal.keys.LiveToken.Password;
import io.dinrail.identity.h2.internal.login.LiveAccesses;
import io.dinrail.identity.h2.internal.login.Proof;
import io.dinrail.identity.h2.internal.login.Prover;
import io.dinrail.identity.h2.internal.login.SecretForm;
import io.dinrail.identity.h2.internal.login.SteadyClock;
import io.dinrail.identity.h2.internal.rules.Rules;
import io.dinrail.identity.h2.internal.secrets.SecretsException;
import io.dinrail.identity.h2.internal.secrets.Vault;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps all temporary tokens in memory; changes go to the store first. A connection lasts until the end that its password was given with: whoever
 * refreshes connects anew with the new password before then.
 */
@Component(
        service = {Tokens.class, Prover.class},
        immediate = true)
public final class TokenBook implements Tokens, Prover {
    /** All organisations together, those kept after their end among them. */
    static final int MOST = 100_000;
    /** Of one identity at once. */
    static final int MOST_OF_ONE = 100;

    private static final Logger LOG = LoggerFactory.getLogger(TokenBook.class);
    private static final Duration GRACE = Duration.ofSeconds(60);
    /** So long an ended token is still told apart from a wrong one. */
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private static final int BATCH = 1_000;

    private final LiveTokens live = new LiveTokens();
    private final TokenTable table;
    private final Vault vault;
    private final Organisations organisations;
    private final Rules rules;
    private final LiveAccesses connections;
    private final Trail trail;
    private final SteadyClock clock;
    private final Later later;
    private final TokenProver prover;

    /**
     * Loads the tokens.
     *
     * @throws SQLException if the store can't be read.
     */
    @Activate
    public TokenBook(
            @Reference(target = "(dinrail.schema=identity)") DataSource store,
            @Reference Vault vault,
            @Reference Organisations organisations,
            @Reference Rules rules,
            @Reference LiveAccesses connections,
            @Reference Trail trail)
            throws SQLException {
        this(
                store,
                vault,
                organisations,
                rules,
                connections,
                trail,
                SteadyClock.system(),
                new Chores("dinrail-identity-tokens"));
    }

    TokenBook(
            DataSource store,
            Vault vault,
            Organisations organisations,
            Rules rules,
            LiveAccesses connections,
            Trail trail,
            SteadyClock clock,
            Later later)
            throws SQLException {
        this.table = new TokenTable(store);
        this.vault = vault;
        this.organisations = organisations;
        this.rules = rules;
        this.connections = connections;
        this.trail = trail;
        this.clock = clock;
        this.later = later;
        this.prover = new TokenProver(live, vault, clock);
        table.all().forEach(live::put);
        later.every(Duration.ofMinutes(1), this::prune);
    }

    @Deactivate
    void stop() {
        later.close();
    }

    @Override
    public boolean claims(byte[] secret) {
        return SecretForm.TOKEN.fits(secret);
    }

    @Override
    public CompletionStage<Proof> prove(String organisation, String name, Attempt attempt) {
        return CompletableFuture.completedFuture(prover.prove(organisation, name, attempt.secret()));
    }

    @Override
    public NewToken create(Actor by, TokenOrder order) throws IdentityException {
        Organisation organisation = organisations
                .find(order.organisation())
                .orElseThrow(() -> Refusals.unknown("there is no such organisation: look at the list"));
        String ruleSet = order.ruleSet().orElse(organisation.defaultRuleSet());
        TokenOrders.check(order);
        if (rules.find(organisation.id(), ruleSet).isEmpty()) {
            throw Refusals.unknown(
                    "there is no such rule set in organisation " + organisation.id() + ": look at the list");
        }
        String name = name(organisation.id(), order.identity());
        Instant now = now();
        TemporaryToken token = new TemporaryToken(
                UUID.randomUUID().toString(),
                organisation.id(),
                order.identity(),
                name,
                ruleSet,
                now.plus(order.life()));
        String password = password();
        Password hash = hash(organisation.id(), name, password);
        add(by, new LiveToken(token, order.claims(), order.life(), hash, Optional.empty()), order.replaces());
        return shown(token, order.life(), password);
    }

    private synchronized void add(Actor by, LiveToken token, boolean replaces) throws IdentityException {
        List<LiveToken> before = live.of(token.owner());
        List<LiveToken> replaced = replaces ? before : List.of();
        makeRoom(before.size() - replaced.size());
        try {
            table.insert(token, replaced);
        } catch (SQLException e) {
            throw Refusals.unstored("the token was not made", e);
        }
        live.put(token);
        for (LiveToken old : replaced) {
            live.remove(old);
            connections.end("token:" + old.id(), End.EXPIRED); // the session is the identity's, and stays
        }
        trail.changed(
                by,
                "token.created",
                token.owner(),
                "id " + token.id() + ", rule set " + token.token().ruleSet());
    }

    private void makeRoom(int ofThisIdentity) throws IdentityException {
        if (ofThisIdentity >= MOST_OF_ONE) {
            throw Refusals.refused("this identity has " + MOST_OF_ONE + " tokens already: let new ones replace them");
        }
        if (live.size() >= MOST) {
            forget(live.endedBefore(clock.instant(), BATCH));
        }
        if (live.size() >= MOST) {
            throw Refusals.refused("there are " + MOST + " tokens already: wait for some to end, or revoke some");
        }
    }

    @Override
    public synchronized NewToken refresh(Actor by, String id, String password) throws IdentityException {
        Instant now = now();
        Optional<LiveToken> known = live.find(id).filter(token -> !token.hasEnded(now));
        String organisation = known.map(token -> token.token().organisation()).orElse("");
        String name = known.map(token -> token.token().name()).orElse("");
        byte[] presented = hash(organisation, name, password).digest();
        LiveToken old = known.filter(token -> token.password().is(presented))
                .orElseThrow(() -> Refusals.unknown("there is no such token with that password: create one"));
        String next = password();
        LiveToken fresh = old.refreshed(hash(organisation, name, next), now, GRACE);
        try {
            table.refresh(fresh, fresh.previous().orElseThrow());
        } catch (SQLException e) {
            throw Refusals.unstored("the token was not refreshed and works as before", e);
        }
        live.put(fresh);
        trail.changed(by, "token.refreshed", fresh.owner(), "id " + id);
        return shown(fresh.token(), fresh.life(), next);
    }

    @Override
    public synchronized void revoke(Actor by, String id) throws IdentityException {
        LiveToken token = live.find(id)
                .filter(found -> !found.hasEnded(clock.instant()))
                .orElseThrow(() -> Refusals.unknown("there is no such token: look at the list"));
        try {
            table.delete(List.of(token));
        } catch (SQLException e) {
            throw Refusals.unstored("the token was not revoked and still works", e);
        }
        live.remove(token);
        connections.end("token:" + id, End.REVOKED);
        trail.changed(by, "token.revoked", token.owner(), "id " + id);
    }

    @Override
    public List<TemporaryToken> list() {
        Instant now = clock.instant();
        return live.all().stream()
                .filter(token -> !token.hasEnded(now))
                .map(LiveToken::token)
                .sorted(comparing(TemporaryToken::organisation)
                        .thenComparing(TemporaryToken::identity)
                        .thenComparing(TemporaryToken::expiresAt))
                .toList();
    }

    /** Forgets what ended long ago, a batch at a time. */
    void prune() {
        forgetSome(live.endedBefore(clock.instant().minus(REMEMBERED), BATCH));
    }

    private synchronized void forgetSome(List<LiveToken> ended) {
        try {
            forget(ended);
        } catch (IdentityException e) {
            LOG.debug("{}", e.getMessage());
        }
    }

    private void forget(List<LiveToken> ended) throws IdentityException {
        if (ended.isEmpty()) {
            return;
        }
        try {
            table.delete(ended);
        } catch (SQLException e) {
            throw Refusals.unstored("tokens that have ended were not forgotten", e);
        }
        ended.forEach(live::remove);
    }

    private String name(String organisation, String identity) throws IdentityException {
        try {
            byte[] digest = vault.digest("token-name", organisation, identity.getBytes(UTF_8));
            return "t-" + Base32.write(digest, 10).toLowerCase(Locale.ROOT);
        } catch (SecretsException e) {
            throw Refusals.locked("the token was not made", e);
        }
    }

    private Password hash(String organisation, String name, String password) throws IdentityException {
        try {
            return new Password(TokenProver.digest(vault, organisation, name, password.getBytes(UTF_8)));
        } catch (SecretsException e) {
            throw Refusals.locked("tokens can't be made or checked", e);
        }
    }

    private static String password() {
        return "tkn_" + RandomText.base64(24);
    }

    private static NewToken shown(TemporaryToken token, Duration life, String password) {
        return new NewToken(token, password, token.expiresAt().minus(life.dividedBy(10)));
    }

    private Instant now() {
        return clock.instant().truncatedTo(MILLIS);
    }
}
