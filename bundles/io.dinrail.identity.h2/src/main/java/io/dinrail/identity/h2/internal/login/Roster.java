package io.dinrail.identity.h2.internal.login;

import static java.time.temporal.ChronoUnit.MILLIS;

import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.h2.internal.rules.RuleUsers;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everybody who has a name here, in memory. Needs nothing but the store, so that rules, gate and books can all rest on it. Whoever changes it holds
 * its monitor from the look to the last word about the change; reading needs none.
 */
@Component(
        service = {Roster.class, RuleUsers.class},
        immediate = true)
public final class Roster implements RuleUsers {
    static final int MOST = 1_000_000;
    private static final Logger LOG = LoggerFactory.getLogger(Roster.class);
    private static final int MOST_LINES = 20;

    private final Map<LoginName, KnownCredential> known = new ConcurrentHashMap<>();
    private final OrganisationIndex organisations;
    private final LastUseWriter uses;
    private final Clock clock;
    private final SteadyClock steady;

    /**
     * Loads everybody.
     *
     * @throws SQLException if the store can't be read.
     */
    @Activate
    public Roster(@Reference(target = "(dinrail.schema=identity)") DataSource store) throws SQLException {
        this(store, Clock.systemUTC(), SteadyClock.system());
    }

    Roster(DataSource store, Clock clock, SteadyClock steady) throws SQLException {
        this.clock = clock;
        this.steady = steady;
        this.organisations = OrganisationIndex.load(new OrganisationTable(store), stamp());
        AtomicInteger damaged = new AtomicInteger();
        CredentialLoader.load(store, sentence -> {
                    if (damaged.incrementAndGet() <= MOST_LINES) {
                        LOG.error(sentence);
                    }
                })
                .forEach(this::put);
        this.uses = new LastUseWriter(new CredentialTable(store));
        if (damaged.get() > MOST_LINES) {
            LOG.error(
                    "{} more rows of identity are damaged: put the database back from a backup",
                    damaged.get() - MOST_LINES);
        }
    }

    /** Writes down who logged in last. */
    @Deactivate
    public void stop() {
        uses.close();
    }

    @Override
    public int count(String organisation, String name) {
        return (int) known.values().stream()
                .filter(each -> each.terms().ruleSet().equals(name))
                .filter(each -> each.login().organisation().equals(organisation))
                .count();
    }

    @Override
    public Map<String, Map<String, Integer>> counts() {
        Map<String, Map<String, Integer>> counts = new HashMap<>();
        known.values()
                .forEach(each -> counts.computeIfAbsent(each.login().organisation(), id -> new HashMap<>())
                        .merge(each.terms().ruleSet(), 1, Integer::sum));
        return counts;
    }

    @Override
    public boolean isOrganisation(String organisation) {
        return organisations
                .find(organisation)
                .filter(found -> found.id().equals(organisation))
                .isPresent();
    }

    /** @return the time by which things end; it never goes back. */
    Instant now() {
        return steady.instant();
    }

    /** @return the time to write down, as the store keeps it. */
    Instant stamp() {
        return clock.instant().truncatedTo(MILLIS);
    }

    Optional<KnownCredential> find(LoginName login) {
        return Optional.ofNullable(known.get(login));
    }

    Optional<KnownCredential> find(String login) {
        return LoginName.parse(login, organisations::find).flatMap(this::find);
    }

    Stream<KnownCredential> all() {
        return known.values().stream();
    }

    int size() {
        return known.size();
    }

    void put(KnownCredential each) {
        known.put(each.login(), each);
    }

    void putAll(Collection<KnownCredential> many) {
        many.forEach(this::put);
    }

    void remove(KnownCredential each) {
        known.remove(each.login());
    }

    /** Notes that somebody logged in; it is written down within a minute. */
    void used(KnownCredential each) {
        uses.used(each, stamp());
    }

    /** Writes down now who logged in. */
    void writeUses() {
        uses.write();
    }

    Optional<Organisation> organisation(String idOrAlias) {
        return organisations.find(idOrAlias);
    }

    List<Organisation> organisations() {
        return organisations.list();
    }

    void put(Organisation organisation) {
        organisations.put(organisation);
    }
}
