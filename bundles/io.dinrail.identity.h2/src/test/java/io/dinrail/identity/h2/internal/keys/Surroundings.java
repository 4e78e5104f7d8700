package io.dinrail.identity.h2.internal.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dinrail.identity.api.AccessListener.End;
import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Actor;
import io.dinrail.identity.api.Admission.Reason;
import io.dinrail.identity.api.Attempt;
import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Organisations;
import io.dinrail.identity.api.Principal;
import io.dinrail.identity.api.Principal.Kind;
import io.dinrail.identity.h2.internal.audit.Trail;
import io.dinrail.identity.h2.internal.login.LiveAccesses;
import io.dinrail.identity.h2.internal.login.Proof;
import io.dinrail.identity.h2.internal.login.SteadyClock;
import io.dinrail.identity.h2.internal.login.StoredCredentials;
import io.dinrail.identity.h2.internal.rules.Facts;
import io.dinrail.identity.h2.internal.rules.Grant;
import io.dinrail.identity.h2.internal.rules.Rights;
import io.dinrail.identity.h2.internal.rules.Rules;
import io.dinrail.identity.h2.internal.secrets.TestVault;
import io.dinrail.testkit.FailingStore;
import io.dinrail.testkit.ManualClock;
import io.dinrail.testkit.MemoryStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** What keys, tokens and enrolment live among, in memory and to be turned by hand. */
final class Surroundings implements Organisations, StoredCredentials, LiveAccesses, Trail, Rules, Later, AutoCloseable {
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    static final String OTHER = "org_k7xm4pqr2n5t";
    static final Actor ADMIN = new Actor("admin", "ssh 127.0.0.1");

    final MemoryStore memory = new MemoryStore();
    final FailingStore store = new FailingStore(memory.dataSource());
    final TestVault vault = new TestVault();
    final ManualClock wall = new ManualClock(NOON);
    final SteadyClock clock = new SteadyClock(wall, () -> 0);
    final List<String> ended = new CopyOnWriteArrayList<>();
    final List<String> trail = new CopyOnWriteArrayList<>();
    final Map<String, Proof> named = new ConcurrentHashMap<>();
    final List<Runnable> waiting = new CopyOnWriteArrayList<>();

    Surroundings() {
        try (Connection connection = memory.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into organisation (id, display_name, created_at) values ('" + OTHER
                    + "', 'another', current_timestamp)");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    KeyBook keys() {
        try {
            return new KeyBook(store, vault, this, this, this, this, clock, this);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    TokenBook tokens() {
        try {
            return new TokenBook(store, vault, this, this, this, this, clock, this);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void credential(Kind kind, String name) {
        named.put(
                "default/" + name,
                new Proof.Proven(
                        new Principal(kind, "default", name),
                        List.of(name),
                        "device",
                        Optional.empty(),
                        Map.of(),
                        Optional.empty(),
                        Set.of(),
                        () -> true));
    }

    String everythingStored() {
        StringBuilder all = new StringBuilder();
        try (Connection connection = memory.dataSource().getConnection();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("script")) {
            while (rows.next()) {
                all.append(rows.getString(1)).append('\n');
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return all.toString();
    }

    static Attempt attempt(String secret) {
        return new Attempt("", secret.getBytes(UTF_8), Optional.empty(), "192.0.2.1");
    }

    static Rights bound(Proof proof) {
        Proof.Proven proven = (Proof.Proven) proof;
        return proven.grant().orElseThrow().bind(new NameOnly(proven.principal().name()));
    }

    record NameOnly(String name) implements Facts {
        @Override
        public String organisation() {
            return "default";
        }

        @Override
        public String clientId() {
            return name;
        }

        @Override
        public List<String> attribute(String variable) {
            return List.of();
        }

        @Override
        public List<String> claim(String name) {
            return List.of();
        }
    }

    @Override
    public Organisation add(Actor by, String displayName) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void change(Actor by, Organisation changed) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Organisation> list() {
        return List.of(organisation("default"), organisation(OTHER));
    }

    @Override
    public Optional<Organisation> find(String idOrAlias) {
        return list().stream().filter(o -> o.id().equals(idOrAlias)).findFirst();
    }

    private static Organisation organisation(String id) {
        return new Organisation(id, id, List.of(), false, "device", false, 0, NOON);
    }

    @Override
    public CompletionStage<Proof> prove(String organisation, String name, Attempt attempt) {
        return CompletableFuture.completedFuture(named(organisation, name));
    }

    @Override
    public Proof named(String organisation, String name) {
        return named.getOrDefault(organisation + '/' + name, new Proof.Failed(Reason.WRONG, "unknown"));
    }

    @Override
    public void end(String root, End why) {
        ended.add(root + " " + why);
    }

    @Override
    public void changed(String root) {
        ended.add(root + " changed");
    }

    @Override
    public void noted(Actor by, String kind, String subject, String detail) {
        changed(by, kind, subject, detail);
    }

    @Override
    public void changed(Actor by, String kind, String subject, String detail) {
        trail.add(kind + " " + subject + " " + detail);
    }

    @Override
    public void refused(String login, String address, String why) {
        trail.add("refused " + login + " " + why);
    }

    @Override
    public void denied(String login, String clientId, String address, Action action, String topic) {
        trail.add("denied " + login);
    }

    @Override
    public Optional<Grant> find(String organisation, String name) {
        return Set.of("device", "backend", "dashboard").contains(name)
                ? Optional.of(facts -> Rights.NONE)
                : Optional.empty();
    }

    @Override
    public Runnable watch(BiConsumer<String, String> watcher) {
        return () -> {};
    }

    @Override
    public void after(Duration wait, Runnable work) {
        waiting.add(work);
    }

    @Override
    public void every(Duration pause, Runnable work) {}

    @Override
    public void close() {}
}
