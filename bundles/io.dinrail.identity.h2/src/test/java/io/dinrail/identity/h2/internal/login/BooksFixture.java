package io.dinrail.identity.h2.internal.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dinrail.event.api.CredentialChanged;
import io.dinrail.identity.api.AccessListener.End;
import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Actor;
import io.dinrail.identity.api.Attempt;
import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.h2.internal.audit.Trail;
import io.dinrail.identity.h2.internal.rules.Grant;
import io.dinrail.identity.h2.internal.rules.Rights;
import io.dinrail.identity.h2.internal.rules.Rules;
import io.dinrail.identity.h2.internal.secrets.TestVault;
import io.dinrail.testkit.FailingStore;
import io.dinrail.testkit.ManualClock;
import io.dinrail.testkit.MemoryStore;
import io.dinrail.testkit.RecordingBus;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** The books on a database in memory, with a cheap Argon2 and everybody else replaced by who remembers what it was told. */
final class BooksFixture implements AutoCloseable {
    static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123Z");
    static final Actor ANNA = new Actor("anna", "ssh 127.0.0.1");
    static final Argon2Hash.Cost CHEAP = new Argon2Hash.Cost(64, 1);

    final ManualClock clock = new ManualClock(NOON);
    final RecordingBus bus = new RecordingBus();
    final MemoryStore memory = new MemoryStore();
    final FailingStore store = new FailingStore(memory.dataSource());
    final TestVault vault = new TestVault();
    final List<String> live = new CopyOnWriteArrayList<>();
    final List<String> trail = new CopyOnWriteArrayList<>();
    final Set<String> ruleSets = ConcurrentHashMap.newKeySet();
    Roster roster;
    OrganisationBook organisations;
    CredentialBook credentials;
    PeopleBook people;
    SecretJudge judge;

    BooksFixture() throws SQLException {
        ruleSets.addAll(Set.of("device", "gateway", "backend", "dashboard"));
        start();
    }

    private void start() throws SQLException {
        SteadyClock steady = new SteadyClock(clock, () -> 0);
        CredentialTable table = new CredentialTable(store);
        SecretHasher hasher = new SecretHasher(vault, CHEAP);
        LiveAccesses accesses = new RecordingAccesses();
        RecordingTrail log = new RecordingTrail();
        Rules rules = new KnownRules();
        Aftermath aftermath = new Aftermath(accesses, log, bus);
        roster = new Roster(store, clock, steady);
        organisations = new OrganisationBook(roster, rules, accesses, log, store);
        credentials = new CredentialBook(roster, rules, hasher, aftermath, table);
        people = new PeopleBook(roster, hasher, aftermath, table);
        judge = new SecretJudge(roster, hasher);
    }

    void restart() throws SQLException {
        stop();
        start();
    }

    @Override
    public void close() {
        stop();
        memory.close();
    }

    private void stop() {
        judge.stop();
        roster.stop();
    }

    Proof prove(String login, String secret) {
        return prove(login, secret, "10.0.0.1");
    }

    Proof prove(String login, String secret, String address) {
        Optional<LoginName> name = LoginName.parse(login, organisations);
        return judge.prove(
                        name.map(LoginName::organisation).orElse(""),
                        name.map(LoginName::name).orElse(login),
                        new Attempt(login, secret.getBytes(UTF_8), Optional.empty(), address))
                .toCompletableFuture()
                .join();
    }

    boolean opens(String login, String secret) {
        return prove(login, secret) instanceof Proof.Proven;
    }

    String why(String login, String secret) {
        return prove(login, secret) instanceof Proof.Failed failed ? failed.reason() + " " + failed.why() : "proven";
    }

    List<String> events() {
        return bus.events(CredentialChanged.class).stream()
                .map(event -> event.kind() + " " + event.name() + " " + event.ruleSet())
                .toList();
    }

    Organisation organisation(String displayName) throws Exception {
        return organisations.add(ANNA, displayName);
    }

    void sql(String sql) throws SQLException {
        try (Connection connection = memory.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    String dump() throws SQLException {
        StringBuilder dump = new StringBuilder();
        try (Connection connection = memory.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("script")) {
            while (row.next()) {
                dump.append(row.getString(1)).append('\n');
            }
        }
        return dump.toString();
    }

    private final class RecordingAccesses implements LiveAccesses {
        @Override
        public void end(String root, End why) {
            live.add("end " + root + " " + why);
        }

        @Override
        public void changed(String root) {
            live.add("changed " + root);
        }
    }

    private final class RecordingTrail implements Trail {
        @Override
        public void noted(Actor by, String kind, String subject, String detail) {
            changed(by, kind, subject, detail);
        }

        @Override
        public void changed(Actor by, String kind, String subject, String detail) {
            trail.add(by.name() + " " + kind + " " + subject + " " + detail);
        }

        @Override
        public void refused(String login, String address, String why) {
            throw new AssertionError("the gate's");
        }

        @Override
        public void denied(String login, String clientId, String address, Action action, String topic) {
            throw new AssertionError("the gate's");
        }
    }

    private final class KnownRules implements Rules {
        @Override
        public Optional<Grant> find(String organisation, String name) {
            return ruleSets.contains(name) ? Optional.of(facts -> Rights.NONE) : Optional.empty();
        }

        @Override
        public Runnable watch(BiConsumer<String, String> watcher) {
            return () -> {};
        }
    }
}
