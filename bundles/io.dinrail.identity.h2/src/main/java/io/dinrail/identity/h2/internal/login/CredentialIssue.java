package io.dinrail.identity.h2.internal.login;

import static io.dinrail.identity.h2.internal.login.Refusal.refused;

import io.dinrail.event.api.CredentialChanged.Kind;
import io.dinrail.identity.api.Actor;
import io.dinrail.identity.api.CredentialOrder;
import io.dinrail.identity.api.CredentialOrder.SecretChoice;
import io.dinrail.identity.api.IdentityException;
import io.dinrail.identity.api.Issued;
import io.dinrail.identity.h2.internal.login.OrderCheck.Checked;
import io.dinrail.identity.h2.internal.secrets.SecretsException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Issues credentials, one or many, all of them or none. */
final class CredentialIssue {
    private static final int MOST = 100_000;
    private static final int MOST_CHOSEN = 100; // each takes a noticeable part of a second

    private final Roster roster;
    private final OrderCheck check;
    private final SecretHasher hasher;
    private final CredentialTable table;
    private final Aftermath aftermath;

    CredentialIssue(Roster roster, OrderCheck check, SecretHasher hasher, CredentialTable table, Aftermath aftermath) {
        this.roster = roster;
        this.check = check;
        this.hasher = hasher;
        this.table = table;
        this.aftermath = aftermath;
    }

    /** What is to be stored, and told. */
    private record Draft(KnownCredential credential, String secret) {}

    Issued one(Actor by, CredentialOrder order) throws IdentityException {
        Checked checked = check.check(order);
        refuseTaken(checked.login());
        List<Draft> drafts = List.of(draft(checked, roster.stamp()));
        synchronized (roster) {
            refuseTaken(checked.login());
            KnownCredential issued = store(drafts).get(0);
            aftermath.log(
                    by,
                    "credential.issued",
                    issued,
                    "rule set " + issued.terms().ruleSet());
            aftermath.send(Kind.ISSUED, issued, issued.createdAt());
            return new Issued(issued.shown(roster.now()), drafts.get(0).secret());
        }
    }

    List<Issued> all(Actor by, List<CredentialOrder> orders) throws IdentityException {
        List<Draft> drafts = drafts(orders);
        if (drafts.isEmpty()) {
            return List.of();
        }
        synchronized (roster) {
            for (int i = 0; i < drafts.size(); i++) {
                try {
                    refuseTaken(drafts.get(i).credential().login());
                } catch (IdentityException e) {
                    throw at(i, e);
                }
            }
            List<KnownCredential> issued = store(drafts);
            aftermath.logAll(by, "credential.issued", issued);
            issued.forEach(each -> aftermath.send(Kind.ISSUED, each, each.createdAt()));
            return shown(issued, drafts);
        }
    }

    private List<Draft> drafts(List<CredentialOrder> orders) throws IdentityException {
        if (orders.size() > MOST) {
            throw refused("at most " + MOST + " credentials can be issued in one go: issue them in parts");
        }
        if (orders.stream()
                        .filter(each -> each.secret() instanceof SecretChoice.Chosen)
                        .count()
                > MOST_CHOSEN) {
            throw refused("at most " + MOST_CHOSEN
                    + " passwords chosen by people can be set in one go: let secrets be generated, or issue in parts");
        }
        List<Checked> checked = checked(orders);
        List<Draft> drafts = new ArrayList<>(checked.size());
        Instant at = roster.stamp();
        for (Checked each : checked) {
            drafts.add(draft(each, at));
        }
        return drafts;
    }

    private List<Checked> checked(List<CredentialOrder> orders) throws IdentityException {
        List<Checked> checked = new ArrayList<>(orders.size());
        Set<LoginName> seen = new HashSet<>();
        for (int i = 0; i < orders.size(); i++) {
            try {
                Checked each = check.check(orders.get(i));
                refuseTaken(each.login());
                if (!seen.add(each.login())) {
                    throw refused(each.login().login() + " stands in the list twice: take one of them out");
                }
                checked.add(each);
            } catch (IdentityException e) {
                throw at(i, e);
            }
        }
        return checked;
    }

    private Draft draft(Checked checked, Instant at) throws IdentityException {
        SecretChoice choice = checked.secret();
        String secret = choice instanceof SecretChoice.Generated ? SecretRules.generate() : "";
        try {
            List<StoredSecret> secrets = new ArrayList<>(1);
            if (choice instanceof SecretChoice.Chosen chosen) {
                secrets.add(hasher.storeChosen(checked.login(), chosen.password(), at));
            } else if (choice instanceof SecretChoice.Given given) {
                secrets.add(hasher.store(checked.login(), given.secret(), at));
            } else if (choice instanceof SecretChoice.Generated) {
                secrets.add(hasher.store(checked.login(), secret, at));
            }
            return new Draft(KnownCredential.fresh(checked.login(), checked.terms(), at, secrets), secret);
        } catch (SecretsException e) {
            throw Refusal.locked(e);
        }
    }

    private List<KnownCredential> store(List<Draft> drafts) throws IdentityException {
        if (roster.size() + drafts.size() > Roster.MOST) {
            throw refused("there would be more than " + Roster.MOST + " credentials: revoke what is not used");
        }
        try {
            List<KnownCredential> stored =
                    table.insert(drafts.stream().map(Draft::credential).toList());
            roster.putAll(stored);
            return stored;
        } catch (SQLException e) {
            throw Refusal.unstored("nothing was issued", e);
        }
    }

    private List<Issued> shown(List<KnownCredential> issued, List<Draft> drafts) {
        List<Issued> shown = new ArrayList<>(issued.size());
        Instant now = roster.now();
        for (int i = 0; i < issued.size(); i++) {
            shown.add(new Issued(issued.get(i).shown(now), drafts.get(i).secret()));
        }
        return shown;
    }

    private void refuseTaken(LoginName login) throws IdentityException {
        if (roster.find(login).isPresent()) {
            throw Refusal.taken(login);
        }
    }

    private static IdentityException at(int place, IdentityException e) {
        return new IdentityException(e.reason(), "number " + (place + 1) + " of the list: " + e.getMessage());
    }
}
