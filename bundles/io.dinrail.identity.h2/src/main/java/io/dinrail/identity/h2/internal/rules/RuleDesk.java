package io.dinrail.identity.h2.internal.rules;

import static io.dinrail.identity.api.IdentityException.Reason.REFUSED;
import static io.dinrail.identity.api.IdentityException.Reason.STORE;
import static io.dinrail.identity.api.IdentityException.Reason.UNKNOWN;

import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Actor;
import io.dinrail.identity.api.Decision;
import io.dinrail.identity.api.Finding;
import io.dinrail.identity.api.IdentityException;
import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.RuleSetInfo;
import io.dinrail.identity.api.RuleSets;
import io.dinrail.identity.h2.internal.audit.Trail;
import io.dinrail.identity.h2.internal.rules.RuleBook.Key;
import io.dinrail.identity.h2.internal.rules.RuleDocument.Parsed;
import io.dinrail.identity.h2.internal.secrets.Transaction;
import io.dinrail.identity.h2.internal.text.PlainText;
import io.dinrail.model.api.DeviceId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Where rule sets are changed; one change at a time. */
@Component
public final class RuleDesk implements RuleSets {
    private static final int MOST = 1_000;
    private static final String UNSAVED = "document";

    private final RuleBook book;
    private final RuleUsers users;
    private final Trail trail;

    @Activate
    public RuleDesk(@Reference RuleBook book, @Reference RuleUsers users, @Reference Trail trail) {
        this.book = book;
        this.users = users;
        this.trail = trail;
    }

    @Override
    public List<RuleSetInfo> list() {
        Map<String, Map<String, Integer>> counts = users.counts();
        List<RuleSetInfo> all = new ArrayList<>();
        book.own().forEach((key, grant) -> all.add(info(key, grant, false, count(counts, key))));
        book.shipped().forEach((name, document) -> all.addAll(shipped(name, document, counts)));
        all.sort(Comparator.comparing(RuleSetInfo::organisation).thenComparing(RuleSetInfo::name));
        return List.copyOf(all);
    }

    @Override
    public List<Finding> validate(String document) {
        return RuleDocument.parse(UNSAVED, document).findings();
    }

    @Override
    public synchronized List<Finding> put(Actor by, String organisation, String name, String document)
            throws IdentityException {
        Key key = checked(organisation, name);
        Parsed parsed = RuleDocument.parse(name, document);
        RuleDocument rules = sound(parsed);
        try {
            book.put(key, rules);
        } catch (SQLException e) {
            throw unstored("rule set " + name + " was not put in force", e);
        }
        trail.changed(by, "rules.put", organisation + "/" + name, rules.size() + " rules");
        return parsed.findings();
    }

    @Override
    public synchronized void remove(Actor by, String organisation, String name) throws IdentityException {
        Key key = new Key(organisation, name);
        boolean shipped = book.shipped(name).isPresent();
        if (!book.own().containsKey(key)) {
            throw shipped
                    ? new IdentityException(
                            REFUSED, "rule set " + name + " is shipped and stays: put another in its place")
                    : unknown(name);
        }
        int count = users.count(organisation, name);
        if (count > 0 && !shipped) {
            throw new IdentityException(
                    REFUSED,
                    "rule set " + name + " is still that of " + count + " credentials: give them another first");
        }
        try {
            book.remove(key);
        } catch (SQLException e) {
            throw unstored("rule set " + name + " was not removed and is still in force", e);
        }
        trail.changed(by, "rules.removed", organisation + "/" + name, shipped ? "the shipped one is back" : "");
    }

    @Override
    public String export(String organisation, String name) throws IdentityException {
        if (!users.isOrganisation(organisation)) {
            throw noOrganisation(organisation);
        }
        Grant grant = book.find(organisation, name).orElseThrow(() -> unknown(name));
        if (grant instanceof DamagedRules damaged) {
            throw new IdentityException(STORE, damaged.reason() + "; put it anew");
        }
        return ((RuleDocument) grant).toJson();
    }

    @Override
    public Decision simulate(String document, String login, String clientId, Action action, String topic)
            throws IdentityException {
        RuleDocument rules = sound(RuleDocument.parse(UNSAVED, document));
        String asked = action == Action.SUBSCRIBE ? TopicText.bare(topic) : topic;
        return rules.bind(SimulatedFacts.of(login, clientId)).explain(action, asked);
    }

    /** One row that counts whoever has it; where another stands in its place in the default organisation, a row for each one that still has it. */
    private List<RuleSetInfo> shipped(String name, RuleDocument document, Map<String, Map<String, Integer>> counts) {
        List<Key> users = counts.keySet().stream()
                .map(organisation -> new Key(organisation, name))
                .filter(key -> !book.own().containsKey(key) && count(counts, key) > 0)
                .toList();
        Key usual = new Key(Organisation.DEFAULT, name);
        if (!book.own().containsKey(usual)) {
            int all = users.stream().mapToInt(key -> count(counts, key)).sum();
            return List.of(info(usual, document, true, all));
        }
        return users.stream()
                .map(key -> info(key, document, true, count(counts, key)))
                .toList();
    }

    private static int count(Map<String, Map<String, Integer>> counts, Key key) {
        return counts.getOrDefault(key.organisation(), Map.of()).getOrDefault(key.name(), 0);
    }

    private static RuleSetInfo info(Key key, Grant grant, boolean shipped, int count) {
        return grant instanceof RuleDocument document
                ? new RuleSetInfo(key.organisation(), key.name(), shipped, document.size(), count, "")
                : new RuleSetInfo(
                        key.organisation(),
                        key.name(),
                        shipped,
                        0,
                        count,
                        grant instanceof DamagedRules damaged ? damaged.reason() : "");
    }

    private Key checked(String organisation, String name) throws IdentityException {
        if (!users.isOrganisation(organisation)) {
            throw noOrganisation(organisation);
        }
        Key key = new Key(organisation, name);
        try {
            new DeviceId(name);
        } catch (IllegalArgumentException e) {
            throw new IdentityException(
                    REFUSED,
                    "'" + PlainText.of(name) + "' is no name for a rule set: take 1 to 128 of A-Z a-z 0-9 . _ ~ -");
        }
        if (book.own().size() >= MOST && !book.own().containsKey(key)) {
            throw new IdentityException(REFUSED, "there are " + MOST + " rule sets already: remove one first");
        }
        return key;
    }

    private static RuleDocument sound(Parsed parsed) throws IdentityException {
        return parsed.document().orElseThrow(() -> {
            String first = parsed.error().map(RuleBook::sentence).orElse("");
            return new IdentityException(REFUSED, "the rules can't be used: " + first);
        });
    }

    private static IdentityException noOrganisation(String organisation) {
        return new IdentityException(UNKNOWN, "there is no organisation " + PlainText.of(organisation));
    }

    private static IdentityException unknown(String name) {
        return new IdentityException(UNKNOWN, "there is no rule set " + PlainText.of(name) + ": look at the list");
    }

    private static IdentityException unstored(String what, SQLException e) {
        return new IdentityException(
                STORE, what + " because the store failed: mend it and try again (" + Transaction.plain(e) + ")");
    }
}
