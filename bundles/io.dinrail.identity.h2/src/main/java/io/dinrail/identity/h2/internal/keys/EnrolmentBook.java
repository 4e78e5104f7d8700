package io.dinrail.identity.h2.internal.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.temporal.ChronoUnit.MILLIS;
import static java.util.Comparator.comparing;

import io.dinrail.identity.api.AccessListener.End;
import io.dinrail.identity.api.Actor;
import io.dinrail.identity.api.Admission.Reason;
import io.dinrail.identity.api.Attempt;
import io.dinrail.identity.api.Credentials;
import io.dinrail.identity.api.Enrolment;
import io.dinrail.identity.api.IdentityException;
import io.dinrail.identity.api.Organisations;
import io.dinrail.identity.api.Principal;
import io.dinrail.identity.api.Principal.Kind;
import io.dinrail.identity.h2.internal.audit.Trail;
import io.dinrail.identity.h2.internal.login.LiveAccesses;
import io.dinrail.identity.h2.internal.login.LoginName;
import io.dinrail.identity.h2.internal.login.Proof;
import io.dinrail.identity.h2.internal.login.Prover;
import io.dinrail.identity.h2.internal.login.SecretForm;
import io.dinrail.identity.h2.internal.login.SteadyClock;
import io.dinrail.identity.h2.internal.login.StoredCredentials;
import io.dinrail.identity.h2.internal.rules.Rules;
import io.dinrail.identity.h2.internal.secrets.SecretsException;
import io.dinrail.identity.h2.internal.secrets.Vault;
import io.dinrail.identity.h2.internal.tls.CertificateSigner;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps all open codes in memory; changes go to the store first. */
@Component(
        service = {Enrolment.class, Prover.class},
        immediate = true)
public final class EnrolmentBook implements Enrolment, Prover {
    private static final Logger LOG = LoggerFactory.getLogger(EnrolmentBook.class);
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(30);
    /** So that the answer gets out before the connection goes. */
    private static final Duration FAREWELL = Duration.ofSeconds(10);

    private final Map<LoginName, OpenCode> open = new ConcurrentHashMap<>();
    /** Used or ended, and still in the store. */
    private final Set<OpenCode> spent = ConcurrentHashMap.newKeySet();

    private final EnrolmentTable table;
    private final Vault vault;
    private final Organisations organisations;
    private final Rules rules;
    private final Redemption redemption;
    private final Credentials credentials;
    private final StoredCredentials stored;
    private final LiveAccesses connections;
    private final Trail trail;
    private final SteadyClock clock;
    private final Later later;

    /**
     * Loads the codes.
     *
     * @throws SQLException if the store can't be read.
     */
    @Activate
    public EnrolmentBook(
            @Reference(target = "(dinrail.schema=identity)") DataSource store,
            @Reference Vault vault,
            @Reference Organisations organisations,
            @Reference Rules rules,
            @Reference Credentials credentials,
            @Reference StoredCredentials stored,
            @Reference CertificateSigner signer,
            @Reference LiveAccesses connections,
            @Reference Trail trail)
            throws SQLException {
        this(
                store,
                vault,
                organisations,
                rules,
                credentials,
                stored,
                signer,
                connections,
                trail,
                SteadyClock.system(),
                new Chores("dinrail-identity-enrolment"));
    }

    EnrolmentBook(
            DataSource store,
            Vault vault,
            Organisations organisations,
            Rules rules,
            Credentials credentials,
            StoredCredentials stored,
            CertificateSigner signer,
            LiveAccesses connections,
            Trail trail,
            SteadyClock clock,
            Later later)
            throws SQLException {
        this.table = new EnrolmentTable(store);
        this.vault = vault;
        this.organisations = organisations;
        this.rules = rules;
        this.credentials = credentials;
        this.stored = stored;
        this.redemption = new Redemption(credentials, signer);
        this.connections = connections;
        this.trail = trail;
        this.clock = clock;
        this.later = later;
        table.all().forEach(code -> open.put(code.whose(), code));
        later.every(Duration.ofMinutes(1), this::tidy);
    }

    @Deactivate
    void stop() {
        later.close();
    }

    @Override
    public boolean claims(byte[] secret) {
        return SecretForm.ENROLMENT.fits(secret);
    }

    @Override
    public CompletionStage<Proof> prove(String organisation, String name, Attempt attempt) {
        LoginName whose = new LoginName(organisation, name);
        try {
            Proof proof = usable(whose, attempt.secret())
                    .map(this::proven)
                    .orElseGet(() -> new Proof.Failed(Reason.WRONG, "enrolment code"));
            return CompletableFuture.completedFuture(proof);
        } catch (SecretsException e) {
            return CompletableFuture.completedFuture(new Proof.Failed(Reason.UNAVAILABLE, "no key"));
        }
    }

    private Proof proven(OpenCode code) {
        LoginName whose = code.whose();
        return new Proof.Proven(
                new Principal(Kind.BACKEND, whose.organisation(), whose.name()),
                List.of(whose.name()),
                "enrolment",
                Optional.of(EnrolmentTopics.OF_ITS_OWN),
                Map.of(),
                Optional.of(code.expiresAt()),
                Set.of(code.root()),
                () -> open.get(whose) == code);
    }

    @Override
    public String open(Actor by, String login, String ruleSet, Duration life) throws IdentityException {
        LoginName whose = LoginName.parse(login, organisations)
                .filter(parsed -> !LoginName.isReserved(parsed.name()))
                .orElseThrow(() -> Refusals.refused("the login name is refused: name or name@organisation, the name"
                        + " 1 to 128 of A-Z a-z 0-9 . _ ~ -, the organisation one that there is"));
        if (life.compareTo(SHORTEST) < 0 || life.compareTo(LONGEST) > 0) {
            throw Refusals.refused("the code's life is refused: 1 minute to 30 days");
        }
        if (rules.find(whose.organisation(), ruleSet).isEmpty()) {
            throw Refusals.unknown(
                    "there is no such rule set in organisation " + whose.organisation() + ": look at the list");
        }
        String code = EnrolmentCode.make();
        Instant now = clock.instant().truncatedTo(MILLIS);
        put(by, new OpenCode(whose, ruleSet, digest(whose, code), now, now.plus(life)));
        return code;
    }

    private synchronized void put(Actor by, OpenCode code) throws IdentityException {
        String login = code.whose().login();
        if (!isFree(code.whose())) {
            throw new IdentityException(
                    IdentityException.Reason.TAKEN,
                    login + " is taken already: choose another name, or rotate the secret of that one");
        }
        try {
            table.put(code);
        } catch (SQLException e) {
            throw Refusals.unstored("the enrolment was not opened", e);
        }
        if (open.put(code.whose(), code) != null) {
            connections.end(code.root(), End.EXPIRED);
        }
        trail.changed(by, "enrolment.opened", login, "rule set " + code.ruleSet() + ", until " + code.expiresAt());
    }

    /** People have no credential that is listed, and a name all the same. */
    private boolean isFree(LoginName whose) {
        return credentials.find(whose.login()).isEmpty()
                && stored.named(whose.organisation(), whose.name()) instanceof Proof.Failed failed
                && failed.reason() == Reason.WRONG;
    }

    /** One at a time, so that of two who hold the code one gets the credential. */
    @Override
    public synchronized Enrolled redeem(String from, String login, String code, Optional<String> csr)
            throws IdentityException {
        OpenCode usable = presented(login, code).orElseThrow(() -> refusedTo(from, login));
        Actor by = new Actor(login, from);
        Optional<Enrolled> enrolled = redemption.of(by, usable, csr);
        spend(usable);
        if (enrolled.isEmpty()) {
            throw refusedTo(from, login);
        }
        later.after(FAREWELL, () -> connections.end(usable.root(), End.EXPIRED));
        trail.changed(by, "enrolment.redeemed", login, csr.isPresent() ? "certificate" : "secret");
        return enrolled.get();
    }

    @Override
    public synchronized void cancel(Actor by, String login) throws IdentityException {
        OpenCode code = LoginName.parse(login, organisations)
                .map(open::get)
                .filter(found -> !found.hasEnded(clock.instant()))
                .orElseThrow(() -> Refusals.unknown("there is no open enrolment of that name: look at the list"));
        try {
            table.delete(code);
        } catch (SQLException e) {
            throw Refusals.unstored("the code was not taken back and still works", e);
        }
        open.remove(code.whose());
        connections.end(code.root(), End.REVOKED);
        trail.changed(by, "enrolment.cancelled", login, "");
    }

    @Override
    public List<OpenEnrolment> list() {
        Instant now = clock.instant();
        return open.values().stream()
                .filter(code -> !code.hasEnded(now))
                .map(OpenCode::shown)
                .sorted(comparing(OpenEnrolment::login))
                .toList();
    }

    /** Takes what has ended, and what was used while the store failed, out of the store. */
    synchronized void tidy() {
        Instant now = clock.instant();
        open.values().stream()
                .filter(code -> code.hasEnded(now)
                        || credentials.find(code.whose().login()).isPresent())
                .forEach(this::spend);
        spent.removeIf(this::deleted);
    }

    private void spend(OpenCode code) {
        open.remove(code.whose(), code);
        if (!deleted(code)) {
            spent.add(code);
        }
    }

    private boolean deleted(OpenCode code) {
        try {
            table.delete(code);
            return true;
        } catch (SQLException e) {
            LOG.warn("the used code of {} is still in the store, and taken out later", code);
            return false;
        }
    }

    private Optional<OpenCode> presented(String login, String code) throws IdentityException {
        LoginName whose =
                LoginName.parse(login, organisations).filter(this::isLetIn).orElse(new LoginName("", ""));
        try {
            return usable(whose, code.getBytes(UTF_8));
        } catch (SecretsException e) {
            throw Refusals.locked("the code can't be checked", e);
        }
    }

    private boolean isLetIn(LoginName whose) {
        return organisations
                .find(whose.organisation())
                .filter(organisation -> !organisation.disabled())
                .isPresent();
    }

    /** Hashes what is presented for unknown names too, so that time doesn't tell which there are. */
    private Optional<OpenCode> usable(LoginName whose, byte[] presented) throws SecretsException {
        byte[] digest = EnrolmentCode.digest(vault, OpenCode.owner(whose), presented);
        return Optional.ofNullable(open.get(whose))
                .filter(code -> code.is(digest))
                .filter(code -> !code.hasEnded(clock.instant()))
                .filter(code -> credentials.find(whose.login()).isEmpty());
    }

    private byte[] digest(LoginName whose, String code) throws IdentityException {
        try {
            return EnrolmentCode.digest(vault, OpenCode.owner(whose), code.getBytes(UTF_8));
        } catch (SecretsException e) {
            throw Refusals.locked("the enrolment was not opened", e);
        }
    }

    private IdentityException refusedTo(String from, String login) {
        trail.refused(login, from, "enrolment code");
        return Refusals.unknown("this code is wrong, was used or has ended: ask for another");
    }
}
