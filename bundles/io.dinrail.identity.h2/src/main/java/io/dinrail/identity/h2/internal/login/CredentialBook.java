package io.dinrail.identity.h2.internal.login;

import static io.dinrail.identity.h2.internal.login.Refusal.refused;

import io.dinrail.event.api.CredentialChanged.Kind;
import io.dinrail.identity.api.AccessListener.End;
import io.dinrail.identity.api.Actor;
import io.dinrail.identity.api.Credential;
import io.dinrail.identity.api.CredentialOrder;
import io.dinrail.identity.api.Credentials;
import io.dinrail.identity.api.IdentityException;
import io.dinrail.identity.api.Issued;
import io.dinrail.identity.h2.internal.audit.Trail;
import io.dinrail.identity.h2.internal.rules.Rules;
import io.dinrail.identity.h2.internal.secrets.SecretsException;
import io.dinrail.identity.h2.internal.secrets.Vault;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.event.EventAdmin;

/** Changes credentials: in the store first, then in memory, then on open connections, then everybody hears of it. */
@Component(immediate = true)
public final class CredentialBook implements Credentials {
    private final Roster roster;
    private final OrderCheck check;
    private final SecretHasher hasher;
    private final CredentialTable table;
    private final Aftermath aftermath;
    private final CredentialIssue issue;

    @Activate
    public CredentialBook(
            @Reference Roster roster,
            @Reference Rules rules,
            @Reference Vault vault,
            @Reference LiveAccesses live,
            @Reference Trail trail,
            @Reference(target = "(dinrail.schema=identity)") DataSource store,
            @Reference EventAdmin bus) {
        this(
                roster,
                rules,
                new SecretHasher(vault, Argon2Hash.Cost.USUAL),
                new Aftermath(live, trail, bus),
                new CredentialTable(store));
    }

    CredentialBook(Roster roster, Rules rules, SecretHasher hasher, Aftermath aftermath, CredentialTable table) {
        this.roster = roster;
        this.check = new OrderCheck(roster, rules);
        this.hasher = hasher;
        this.table = table;
        this.aftermath = aftermath;
        this.issue = new CredentialIssue(roster, check, hasher, table, aftermath);
        MissingRuleSets.report(roster, rules);
    }

    @Override
    public Issued issue(Actor by, CredentialOrder order) throws IdentityException {
        return issue.one(by, order);
    }

    @Override
    public List<Issued> issueAll(Actor by, List<CredentialOrder> orders) throws IdentityException {
        return issue.all(by, orders);
    }

    @Override
    public Issued rotate(Actor by, String login, Duration overlap) throws IdentityException {
        if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
            throw refused("the overlap is refused: 0 to " + LONGEST_OVERLAP.toDays() + " days");
        }
        String secret = SecretRules.generate();
        synchronized (roster) {
            KnownCredential old = known(login);
            Instant now = roster.now();
            KnownCredential next = old.withSecrets(
                    SecretSuccession.next(old.validSecrets(now), hashed(old.login(), secret), now.plus(overlap)));
            try {
                table.saveSecrets(next);
            } catch (SQLException e) {
                throw Refusal.unstored("credential " + old.login().login() + " has its old secret still", e);
            }
            roster.put(next);
            aftermath.log(by, "credential.rotated", next, "overlap " + overlap);
            aftermath.send(Kind.CHANGED, next, roster.stamp());
            return new Issued(next.shown(now), secret);
        }
    }

    @Override
    public void change(Actor by, String login, String displayName, String ruleSet, Optional<Instant> expiresAt)
            throws IdentityException {
        OrderCheck.displayName(displayName);
        synchronized (roster) {
            KnownCredential old = known(login);
            check.ruleSet(old.login().organisation(), ruleSet);
            boolean sameEnd = expiresAt.equals(old.terms().expiresAt());
            Optional<Instant> end = sameEnd ? expiresAt : check.expiry(expiresAt);
            KnownCredential next = save(old, terms -> terms.changed(old.login().name(), displayName, ruleSet, end));
            aftermath.changed(next);
            aftermath.log(
                    by,
                    "credential.changed",
                    next,
                    "rule set " + ruleSet + ", ends "
                            + end.map(Instant::toString).orElse("never"));
            aftermath.send(Kind.CHANGED, next, roster.stamp());
        }
    }

    @Override
    public void disable(Actor by, String login) throws IdentityException {
        synchronized (roster) {
            KnownCredential next = save(known(login), terms -> terms.disabled(true));
            aftermath.ended(next, End.DISABLED);
            aftermath.log(by, "credential.disabled", next, "");
            aftermath.send(Kind.DISABLED, next, roster.stamp());
        }
    }

    @Override
    public void enable(Actor by, String login) throws IdentityException {
        synchronized (roster) {
            KnownCredential next = save(known(login), terms -> terms.disabled(false));
            aftermath.log(by, "credential.enabled", next, "");
            aftermath.send(Kind.ENABLED, next, roster.stamp());
        }
    }

    @Override
    public void revoke(Actor by, String login) throws IdentityException {
        synchronized (roster) {
            KnownCredential old = known(login);
            Instant at = roster.stamp();
            try {
                table.revoke(old, at);
            } catch (SQLException e) {
                throw Refusal.unstored("credential " + old.login().login() + " was not revoked and still works", e);
            }
            roster.remove(old);
            aftermath.ended(old, End.REVOKED);
            aftermath.log(by, "credential.revoked", old, "");
            aftermath.send(Kind.REVOKED, old, at);
        }
    }

    @Override
    public List<Credential> list() {
        Instant now = roster.now();
        return roster.all()
                .filter(each -> !each.isPerson())
                .map(each -> each.shown(now))
                .sorted(Comparator.comparing(Credential::name))
                .toList();
    }

    @Override
    public Optional<Credential> find(String login) {
        return roster.find(login).filter(each -> !each.isPerson()).map(each -> each.shown(roster.now()));
    }

    private KnownCredential known(String login) throws IdentityException {
        return roster.find(login)
                .filter(each -> !each.isPerson())
                .orElseThrow(() -> Refusal.unknown("credential", login));
    }

    private KnownCredential save(KnownCredential old, UnaryOperator<Terms> change) throws IdentityException {
        if (!old.fault().isEmpty()) {
            throw refused("the row of credential " + old.login().login() + " is damaged: revoke it and issue it anew");
        }
        KnownCredential next = old.with(change.apply(old.terms()));
        try {
            table.saveTerms(next);
        } catch (SQLException e) {
            throw Refusal.unstored("credential " + old.login().login() + " was not changed", e);
        }
        roster.put(next);
        return next;
    }

    private StoredSecret hashed(LoginName login, String secret) throws IdentityException {
        try {
            return hasher.store(login, secret, roster.stamp());
        } catch (SecretsException e) {
            throw Refusal.locked(e);
        }
    }
}
