package io.dinrail.identity.h2.internal.login;

import static io.dinrail.identity.h2.internal.login.Refusal.refused;

import io.dinrail.event.api.CredentialChanged.Kind;
import io.dinrail.identity.api.AccessListener.End;
import io.dinrail.identity.api.Actor;
import io.dinrail.identity.api.Credentials;
import io.dinrail.identity.api.IdentityException;
import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.People;
import io.dinrail.identity.api.Person;
import io.dinrail.identity.api.Principal;
import io.dinrail.identity.api.Role;
import io.dinrail.identity.h2.internal.audit.Trail;
import io.dinrail.identity.h2.internal.secrets.SecretsException;
import io.dinrail.identity.h2.internal.secrets.Vault;
import java.security.PublicKey;
import java.sql.SQLException;
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

/** Changes people, who share the names of the default organisation's credentials; over MQTT they only look. */
@Component(immediate = true)
public final class PeopleBook implements People {
    /** The owner's own, who is not in this book. */
    private static final String OWNER = "admin";

    private final Roster roster;
    private final SecretHasher hasher;
    private final Aftermath aftermath;
    private final CredentialTable table;
    private final PeoplesKeys keys;

    @Activate
    public PeopleBook(
            @Reference Roster roster,
            @Reference Vault vault,
            @Reference LiveAccesses live,
            @Reference Trail trail,
            @Reference(target = "(dinrail.schema=identity)") DataSource store,
            @Reference EventAdmin bus) {
        this(
                roster,
                new SecretHasher(vault, Argon2Hash.Cost.USUAL),
                new Aftermath(live, trail, bus),
                new CredentialTable(store));
    }

    PeopleBook(Roster roster, SecretHasher hasher, Aftermath aftermath, CredentialTable table) {
        this.roster = roster;
        this.hasher = hasher;
        this.aftermath = aftermath;
        this.table = table;
        this.keys = new PeoplesKeys(roster, table);
    }

    @Override
    public Person add(Actor by, String name, String displayName, Role role) throws IdentityException {
        OrderCheck.name(name);
        OrderCheck.displayName(displayName);
        if (name.equals(OWNER)) {
            throw refused("the name admin is the owner's: choose another");
        }
        LoginName login = new LoginName(Organisation.DEFAULT, name);
        synchronized (roster) {
            if (roster.find(login).isPresent()) {
                throw Refusal.taken(login);
            }
            if (roster.size() >= Roster.MOST) {
                throw refused("there are " + Roster.MOST + " credentials already: revoke what is not used");
            }
            KnownCredential fresh =
                    KnownCredential.fresh(login, terms(name, displayName, role), roster.stamp(), List.of());
            KnownCredential added = written(
                    name + " was not added", () -> table.insert(List.of(fresh)).get(0));
            aftermath.log(by, "person.added", added, role.name());
            return person(added);
        }
    }

    @Override
    public void role(Actor by, String name, Role role) throws IdentityException {
        synchronized (roster) {
            KnownCredential next = save(name, terms -> terms.role(role));
            aftermath.changed(next);
            aftermath.log(by, "person.role", next, role.name());
        }
    }

    @Override
    public void disable(Actor by, String name, boolean disabled) throws IdentityException {
        synchronized (roster) {
            KnownCredential next = save(name, terms -> terms.disabled(disabled));
            if (disabled) {
                aftermath.ended(next, End.DISABLED);
            }
            aftermath.log(by, disabled ? "person.disabled" : "person.enabled", next, "");
        }
    }

    @Override
    public void password(Actor by, String name, String password) throws IdentityException {
        SecretRules.checkPassword(name, password);
        StoredSecret secret = hashed(known(name).login(), password);
        synchronized (roster) {
            KnownCredential old = known(name);
            KnownCredential next = written(name + " has no new password", () -> {
                KnownCredential changed = old.withSecrets(List.of(secret));
                table.saveSecrets(changed);
                return changed;
            });
            // Whoever changes a password may do so because another knows it.
            aftermath.ended(next, End.DISTRUSTED);
            aftermath.log(by, "person.password", next, "");
        }
    }

    @Override
    public void addKey(Actor by, String name, String openSshKey) throws IdentityException {
        SshKey key = keys.parse(openSshKey);
        synchronized (roster) {
            KnownCredential next = keys.add(known(name), key);
            aftermath.log(by, "person.key-added", next, key.fingerprint());
        }
    }

    @Override
    public void removeKey(Actor by, String name, String openSshKey) throws IdentityException {
        synchronized (roster) {
            KnownCredential old = known(name);
            SshKey key = keys.find(old, openSshKey);
            aftermath.log(by, "person.key-removed", keys.remove(old, key), key.fingerprint());
        }
    }

    /** The bus hears of it too, unlike of other changes to people: sessions under the name are not to be the next one's. */
    @Override
    public void remove(Actor by, String name) throws IdentityException {
        synchronized (roster) {
            KnownCredential old = known(name);
            Instant at = roster.stamp();
            try {
                table.revoke(old, at);
            } catch (SQLException e) {
                throw Refusal.unstored(name + " was not removed and still gets in", e);
            }
            roster.remove(old);
            aftermath.ended(old, End.REVOKED);
            aftermath.log(by, "person.removed", old, "");
            aftermath.send(Kind.REVOKED, old, at);
        }
    }

    @Override
    public List<Person> list() {
        return roster.all()
                .filter(KnownCredential::isPerson)
                .map(PeopleBook::person)
                .sorted(Comparator.comparing(Person::name))
                .toList();
    }

    @Override
    public Optional<Person> byKey(String name, PublicKey key) {
        Optional<KnownCredential> found = roster.find(new LoginName(Organisation.DEFAULT, name))
                .filter(known -> known.isPerson() && known.barred(roster.now()).isEmpty())
                .filter(known -> keys.has(known, key));
        found.ifPresent(roster::used);
        return found.map(PeopleBook::person);
    }

    private KnownCredential known(String name) throws IdentityException {
        return roster.find(new LoginName(Organisation.DEFAULT, name))
                .filter(KnownCredential::isPerson)
                .orElseThrow(() -> Refusal.unknown("person", name));
    }

    private KnownCredential save(String name, UnaryOperator<Terms> change) throws IdentityException {
        KnownCredential old = known(name);
        if (!old.fault().isEmpty()) {
            throw refused("the row of " + name + " is damaged: remove it and add it anew");
        }
        return written(name + " was not changed", () -> {
            KnownCredential next = old.with(change.apply(old.terms()));
            table.saveTerms(next);
            return next;
        });
    }

    private interface Write {
        KnownCredential run() throws SQLException;
    }

    private KnownCredential written(String failure, Write write) throws IdentityException {
        try {
            KnownCredential next = write.run();
            roster.put(next);
            return next;
        } catch (SQLException e) {
            throw Refusal.unstored(failure, e);
        }
    }

    private StoredSecret hashed(LoginName login, String password) throws IdentityException {
        try {
            return hasher.storeChosen(login, password, roster.stamp());
        } catch (SecretsException e) {
            throw Refusal.locked(e);
        }
    }

    private static Terms terms(String name, String displayName, Role role) {
        return new Terms(
                Principal.Kind.PERSON,
                displayName,
                Credentials.DASHBOARD,
                Terms.usualClientIds(Principal.Kind.PERSON, name),
                Optional.of(role),
                false,
                Optional.empty());
    }

    private static Person person(KnownCredential known) {
        return new Person(
                known.login().name(),
                known.terms().displayName(),
                known.terms().role().orElse(Role.VIEWER),
                known.terms().disabled() || !known.fault().isEmpty(),
                !known.secrets().isEmpty(),
                known.keys().stream().map(SshKey::text).toList(),
                known.createdAt(),
                known.lastUse().at());
    }
}
