package io.dinrail.identity.h2.internal.login;

import static io.dinrail.identity.h2.internal.login.Refusal.refused;

import io.dinrail.identity.api.AccessListener.End;
import io.dinrail.identity.api.Actor;
import io.dinrail.identity.api.Credentials;
import io.dinrail.identity.api.IdentityException;
import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Organisations;
import io.dinrail.identity.h2.internal.audit.Trail;
import io.dinrail.identity.h2.internal.rules.Rules;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Changes organisations: in the store first, then in memory, then on open connections. */
@Component(immediate = true)
public final class OrganisationBook implements Organisations {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz23456789";
    private static final int ID_LENGTH = 12;
    private static final int MOST = 10_000;
    private static final int MOST_ALIASES = 32;
    private static final Pattern ALIAS = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    private final SecureRandom random = new SecureRandom();
    private final Roster roster;
    private final Rules rules;
    private final LiveAccesses live;
    private final Trail trail;
    private final OrganisationTable table;

    @Activate
    public OrganisationBook(
            @Reference Roster roster,
            @Reference Rules rules,
            @Reference LiveAccesses live,
            @Reference Trail trail,
            @Reference(target = "(dinrail.schema=identity)") DataSource store) {
        this.roster = roster;
        this.rules = rules;
        this.live = live;
        this.trail = trail;
        this.table = new OrganisationTable(store);
    }

    @Override
    public Organisation add(Actor by, String displayName) throws IdentityException {
        OrderCheck.displayName(displayName);
        synchronized (roster) {
            if (roster.organisations().size() >= MOST) {
                throw refused("there are " + MOST + " organisations already, and no more fit");
            }
            Organisation added = new Organisation(
                    newId(), displayName, List.of(), false, Credentials.DEVICE, false, 0, roster.stamp());
            try {
                table.insert(added);
            } catch (SQLException e) {
                throw Refusal.unstored("the organisation was not added", e);
            }
            roster.put(added);
            trail.changed(by, "organisation.added", added.id(), displayName);
            return added;
        }
    }

    @Override
    public void change(Actor by, Organisation changed) throws IdentityException {
        synchronized (roster) {
            Organisation old = roster.organisation(changed.id())
                    .filter(found -> found.id().equals(changed.id()))
                    .orElseThrow(() -> Refusal.unknown("organisation", changed.id()));
            check(changed);
            Organisation next = new Organisation(
                    old.id(),
                    changed.displayName(),
                    changed.aliases(),
                    changed.disabled(),
                    changed.defaultRuleSet(),
                    changed.closesOnRefusedPublish(),
                    changed.maxConnections(),
                    old.createdAt());
            try {
                table.save(next);
            } catch (SQLException e) {
                throw Refusal.unstored("organisation " + old.id() + " was not changed", e);
            }
            roster.put(next);
            tell(by, next);
        }
    }

    @Override
    public List<Organisation> list() {
        return roster.organisations();
    }

    @Override
    public Optional<Organisation> find(String idOrAlias) {
        return roster.organisation(idOrAlias);
    }

    private void tell(Actor by, Organisation next) {
        String root = "organisation:" + next.id();
        if (next.disabled()) {
            live.end(root, End.DISABLED);
        } else {
            live.changed(root);
        }
        trail.changed(
                by,
                "organisation.changed",
                next.id(),
                (next.disabled() ? "disabled, " : "") + "rule set " + next.defaultRuleSet() + ", aliases "
                        + String.join(" ", next.aliases()) + ", connections " + next.maxConnections());
    }

    private void check(Organisation changed) throws IdentityException {
        OrderCheck.displayName(changed.displayName());
        if (changed.disabled() && changed.id().equals(Organisation.DEFAULT)) {
            throw refused("the default organisation can't be disabled: disable its credentials instead");
        }
        if (changed.maxConnections() < 0) {
            throw refused("the most connections are refused: 0 for any number, or more");
        }
        if (rules.find(changed.id(), changed.defaultRuleSet()).isEmpty()) {
            throw Refusal.unknown("rule set", changed.defaultRuleSet());
        }
        checkAliases(changed);
    }

    private void checkAliases(Organisation changed) throws IdentityException {
        if (changed.aliases().size() > MOST_ALIASES) {
            throw refused("an organisation has at most " + MOST_ALIASES + " aliases");
        }
        Set<String> seen = new HashSet<>();
        for (String alias : changed.aliases()) {
            if (!ALIAS.matcher(alias).matches()) {
                throw refused(
                        "alias " + Refusal.quoted(alias) + " is refused: 1 to 64 of the characters A-Z a-z 0-9 _ . -");
            }
            boolean another = roster.organisation(alias)
                    .filter(found ->
                            !found.id().equals(changed.id()) || found.id().equals(alias))
                    .isPresent();
            if (another || !seen.add(alias)) {
                throw new IdentityException(
                        IdentityException.Reason.TAKEN,
                        "alias " + alias + " is taken: an id or alias stands for one organisation, once");
            }
        }
    }

    private String newId() {
        StringBuilder id = new StringBuilder("org_");
        random.ints(ID_LENGTH, 0, LETTERS.length()).forEach(i -> id.append(LETTERS.charAt(i)));
        return roster.organisation(id.toString()).isPresent() ? newId() : id.toString();
    }
}
