package io.dinrail.identity.h2.internal.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dinrail.device.api.Device;
import io.dinrail.device.api.DeviceRegister;
import io.dinrail.identity.api.AccessListener;
import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Actor;
import io.dinrail.identity.api.Admission;
import io.dinrail.identity.api.Admission.Reason;
import io.dinrail.identity.api.Attempt;
import io.dinrail.identity.api.Decision;
import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Organisations;
import io.dinrail.identity.api.Principal;
import io.dinrail.identity.h2.internal.audit.LoginThrottle;
import io.dinrail.identity.h2.internal.audit.Trail;
import io.dinrail.identity.h2.internal.rules.Facts;
import io.dinrail.identity.h2.internal.rules.Grant;
import io.dinrail.identity.h2.internal.rules.Rights;
import io.dinrail.identity.h2.internal.rules.Rules;
import io.dinrail.model.api.DeviceId;
import io.dinrail.testkit.ManualClock;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** Everything around the gate, in memory; a test changes it and looks at what the gate does. */
final class GateWorld implements AutoCloseable {
    static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    static final String HERE = "127.0.0.1";
    static final String THERE = "org_k7xm4pqr2n5t";
    private static final Set<String> ALIASES = Set.of("elsewhere", "plant.north");

    final ManualClock clock = new ManualClock(NOON);
    final AtomicLong nanos = new AtomicLong();
    final Books books = new Books();
    final Tenants tenants = new Tenants();
    final RuleBook rules = new RuleBook();
    final Register register = new Register();
    final Traces trail = new Traces();
    final Patience throttle = new Patience();
    final Map<X509Certificate, CertificateJudge.Certified> trusted = new ConcurrentHashMap<>();
    final AccessTable table = new AccessTable(new SteadyClock(clock, nanos::get));
    final Gate gate = new Gate(
            tenants,
            books,
            rules,
            certificate -> Optional.ofNullable(trusted.get(certificate)),
            throttle,
            trail,
            table);

    GateWorld() {
        table.bindRegister(register);
        tenants.put(organisation(Organisation.DEFAULT, false, 0));
        tenants.put(organisation(THERE, false, 0));
        rules.put(Organisation.DEFAULT, "device", "t/%u", "c/{client_id}", "f/{fleet}", "d/{child}");
        rules.put(THERE, "device", "t/%u");
    }

    @Override
    public void close() {
        gate.shut();
        table.stop();
    }

    static Organisation organisation(String id, boolean disabled, int most) {
        return new Organisation(id, "", List.of(), disabled, "device", false, most, Instant.EPOCH);
    }

    static Attempt attempt(String login, String secret) {
        return new Attempt(login, secret.getBytes(UTF_8), Optional.empty(), HERE);
    }

    Admission admit(Attempt attempt, AccessListener listener) {
        return gate.admit(attempt, listener).toCompletableFuture().join();
    }

    Admission admit(String login, String secret) {
        return admit(attempt(login, secret), new Ears());
    }

    LiveAccess access(String login, String secret, AccessListener listener) {
        Admission admission = admit(attempt(login, secret), listener);
        if (admission instanceof Admission.Admitted admitted) {
            return (LiveAccess) admitted.access();
        }
        throw new AssertionError(admission);
    }

    static Admission refused(Reason reason) {
        return new Admission.Refused(reason);
    }

    /** What a listener heard. */
    static final class Ears implements AccessListener {
        final List<String> heard = new CopyOnWriteArrayList<>();

        @Override
        public void changed() {
            heard.add("changed");
        }

        @Override
        public void ended(End why) {
            heard.add(why.name());
        }
    }

    /** One credential of the books. */
    record Entry(Principal principal, String secret, String ruleSet, List<String> clientIds, Optional<Instant> until) {
        String key() {
            return principal.organisation() + '/' + principal.name();
        }
    }

    final class Books implements StoredCredentials {
        final Map<String, Entry> entries = new ConcurrentHashMap<>();
        final Map<String, Proof.Failed> barred = new ConcurrentHashMap<>();
        final List<String> asked = new CopyOnWriteArrayList<>();
        volatile Runnable meanwhile = () -> {};

        void put(Principal.Kind kind, String organisation, String name, String secret) {
            put(new Entry(new Principal(kind, organisation, name), secret, "device", List.of(name), Optional.empty()));
        }

        void put(Entry entry) {
            entries.put(entry.key(), entry);
        }

        @Override
        public CompletionStage<Proof> prove(String organisation, String name, Attempt attempt) {
            asked.add(organisation + '/' + name);
            Optional<Entry> entry = Optional.ofNullable(entries.get(organisation + '/' + name))
                    .filter(found -> Arrays.equals(found.secret().getBytes(UTF_8), attempt.secret()));
            Proof proof = entry.isPresent() ? named(organisation, name) : new Proof.Failed(Reason.WRONG, "wrong");
            meanwhile.run();
            return CompletableFuture.completedFuture(proof);
        }

        @Override
        public Proof named(String organisation, String name) {
            String key = organisation + '/' + name;
            Entry entry = entries.get(key);
            if (entry == null) {
                return new Proof.Failed(Reason.WRONG, "unknown");
            }
            return barred.containsKey(key) ? barred.get(key) : proven(entry);
        }

        private Proof proven(Entry entry) {
            return new Proof.Proven(
                    entry.principal(),
                    entry.clientIds(),
                    entry.ruleSet(),
                    Optional.empty(),
                    Map.of(),
                    entry.until(),
                    Set.of("credential:" + entry.key()),
                    () -> entries.containsKey(entry.key()));
        }
    }

    static final class Tenants implements Organisations {
        private final Map<String, Organisation> all = new ConcurrentHashMap<>();

        void put(Organisation organisation) {
            all.put(organisation.id(), organisation);
        }

        @Override
        public Organisation add(Actor by, String displayName) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void change(Actor by, Organisation changed) {
            put(changed);
        }

        @Override
        public List<Organisation> list() {
            return List.copyOf(all.values());
        }

        @Override
        public Optional<Organisation> find(String idOrAlias) {
            return Optional.ofNullable(all.get(ALIASES.contains(idOrAlias) ? THERE : idOrAlias));
        }
    }

    /** Grants the topics in a list, exactly. */
    static final class RuleBook implements Rules {
        private final Map<String, Grant> grants = new ConcurrentHashMap<>();
        final List<BiConsumer<String, String>> watchers = new CopyOnWriteArrayList<>();

        void put(String organisation, String name, String... topics) {
            grants.put(organisation + '/' + name, granting(List.of(topics)));
            watchers.forEach(watcher -> watcher.accept(organisation, name));
        }

        void remove(String organisation, String name) {
            grants.remove(organisation + '/' + name);
            watchers.forEach(watcher -> watcher.accept(organisation, name));
        }

        static Grant granting(List<String> topics) {
            return facts -> new Topics(
                    topics.stream().flatMap(topic -> fill(topic, facts)).toList());
        }

        private static Stream<String> fill(String topic, Facts facts) {
            String plain = topic.replace("%u", facts.name()).replace("{client_id}", facts.clientId());
            return Stream.of("fleet", "child")
                    .filter(variable -> plain.contains('{' + variable + '}'))
                    .findFirst()
                    .map(variable ->
                            facts.attribute(variable).stream().map(value -> plain.replace('{' + variable + '}', value)))
                    .orElse(Stream.of(plain));
        }

        @Override
        public Optional<Grant> find(String organisation, String name) {
            return Optional.ofNullable(grants.get(organisation + '/' + name));
        }

        @Override
        public Runnable watch(BiConsumer<String, String> watcher) {
            watchers.add(watcher);
            return () -> watchers.remove(watcher);
        }
    }

    /** Exactly these topics. */
    record Topics(List<String> topics) implements Rights {
        @Override
        public boolean may(Action action, String topic) {
            return topics.contains(topic);
        }

        @Override
        public boolean mayReceive(String topic) {
            return topics.contains(topic);
        }

        @Override
        public Decision explain(Action action, String topic) {
            return new Decision(may(action, topic), "granted " + topics, Map.of());
        }
    }

    static final class Register implements DeviceRegister {
        final Map<DeviceId, Device> devices = new ConcurrentHashMap<>();

        void put(String id, String fleet, String gateway) {
            Optional<DeviceId> through =
                    Optional.of(gateway).filter(text -> !text.isEmpty()).map(DeviceId::new);
            devices.put(
                    new DeviceId(id),
                    new Device(
                            new DeviceId(id),
                            Optional.of(fleet),
                            through,
                            Optional.empty(),
                            Optional.empty(),
                            NOON,
                            false));
        }

        @Override
        public List<Device> list() {
            return new ArrayList<>(devices.values());
        }

        @Override
        public Optional<Device> find(DeviceId id) {
            return Optional.ofNullable(devices.get(id));
        }

        @Override
        public Device add(
                DeviceId id,
                Optional<String> fleet,
                Optional<DeviceId> gateway,
                Optional<String> type,
                Optional<String> site) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Device change(
                DeviceId id,
                Optional<String> fleet,
                Optional<DeviceId> gateway,
                Optional<String> type,
                Optional<String> site) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<DeviceId> behind(DeviceId gateway) {
            return devices.values().stream()
                    .filter(device -> device.gateway().filter(gateway::equals).isPresent())
                    .map(Device::id)
                    .sorted()
                    .toList();
        }

        @Override
        public void remove(DeviceId id) {
            devices.remove(id);
        }
    }

    static final class Traces implements Trail {
        final List<String> refused = new CopyOnWriteArrayList<>();
        final List<String> denied = new CopyOnWriteArrayList<>();

        @Override
        public void noted(Actor by, String kind, String subject, String detail) {
            changed(by, kind, subject, detail);
        }

        @Override
        public void changed(Actor by, String kind, String subject, String detail) {}

        @Override
        public void refused(String login, String address, String why) {
            refused.add(login + ' ' + address + ' ' + why);
        }

        @Override
        public void denied(String login, String clientId, String address, Action action, String topic) {
            denied.add(login + ' ' + clientId + ' ' + address + ' ' + action + ' ' + topic);
        }
    }

    static final class Patience implements LoginThrottle {
        final List<String> heard = new CopyOnWriteArrayList<>();
        volatile boolean open = true;

        @Override
        public boolean mayTry(String login, String address) {
            return open;
        }

        @Override
        public void failed(String login, String address) {
            heard.add("failed " + login + ' ' + address);
        }

        @Override
        public void succeeded(String login, String address) {
            heard.add("succeeded " + login + ' ' + address);
        }
    }
}
