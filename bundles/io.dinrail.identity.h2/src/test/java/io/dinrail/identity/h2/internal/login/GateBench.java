package io.dinrail.identity.h2.internal.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import io.dinrail.identity.api.Access;
import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Actor;
import io.dinrail.identity.api.Admission;
import io.dinrail.identity.api.Attempt;
import io.dinrail.identity.api.CredentialOrder;
import io.dinrail.identity.api.Issued;
import io.dinrail.identity.h2.internal.rules.RuleBook;
import io.dinrail.identity.h2.internal.secrets.MasterVault;
import io.dinrail.identity.h2.internal.secrets.SecretsException;
import io.dinrail.identity.h2.internal.secrets.Vault;
import io.dinrail.testkit.MemoryStore;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.osgi.framework.BundleContext;

/** Measures logins and decisions with the real books, rules and vault, on a database in memory. Run it alone; not part of the tests. */
final class GateBench {
    private static final int LOGINS = 10_000;
    private static final int DECISIONS = 5_000_000;

    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final MemoryStore store = new MemoryStore();
    private final AccessTable table = new AccessTable();
    private final GateWorld.Traces trail = new GateWorld.Traces();
    private final List<Attempt> attempts = new ArrayList<>();
    private final SecretJudge judge;
    private final Gate gate;

    private GateBench(int credentials) throws Exception {
        Vault vault =
                new FreshVault(new MasterVault(bundle(Files.createTempDirectory("gate-bench")), store.dataSource()));
        SecretHasher hasher = new SecretHasher(vault, Argon2Hash.Cost.USUAL);
        RuleBook rules = new RuleBook(store.dataSource());
        CredentialTable rows = new CredentialTable(store.dataSource());
        Roster roster = new Roster(store.dataSource());
        judge = new SecretJudge(roster, hasher);
        gate = new Gate(
                new OrganisationBook(roster, rules, table, trail, store.dataSource()),
                judge,
                rules,
                certificate -> Optional.empty(),
                io.dinrail.identity.h2.internal.audit.TestThrottle.usual(),
                trail,
                table);
        CredentialBook book = new CredentialBook(
                roster, rules, hasher, new Aftermath(table, trail, new io.dinrail.testkit.RecordingBus()), rows);
        List<CredentialOrder> orders = IntStream.range(0, credentials)
                .mapToObj(number -> CredentialOrder.of("press-" + number, "device"))
                .toList();
        for (Issued issued : book.issueAll(Actor.PLATFORM, orders)) {
            attempts.add(new Attempt(
                    issued.credential().name(), issued.secret().getBytes(UTF_8), Optional.empty(), "10.0.0.1"));
        }
    }

    public static void main(String[] sizes) throws Exception {
        for (int size : new int[] {100, 10_000, 100_000}) {
            GateBench bench = new GateBench(size);
            bench.logIns(size);
            bench.decisions();
            bench.end();
        }
    }

    private void logIns(int credentials) {
        for (int round = 0; round < 8; round++) {
            List<Access> open = new ArrayList<>(LOGINS);
            long cpu = system.getProcessCpuTime();
            long wall = System.nanoTime();
            for (int i = 0; i < LOGINS; i++) {
                open.add(logIn(attempts.get((int) (i * 7919L % attempts.size()))));
            }
            long spent = System.nanoTime() - wall;
            long cpuSpent = system.getProcessCpuTime() - cpu;
            open.forEach(Access::close);
            System.out.printf(
                    "%,d credentials, round %d, %,d logins: %.1f us each, %.2f s of CPU in all%n",
                    credentials, round, LOGINS, spent / 1e3 / LOGINS, cpuSpent / 1e9);
        }
    }

    private Access logIn(Attempt attempt) {
        Admission admission =
                gate.admit(attempt, new GateWorld.Ears()).toCompletableFuture().join();
        if (!(admission instanceof Admission.Admitted admitted)) {
            throw new AssertionError(attempt.login() + " " + admission + " " + trail.refused);
        }
        Access access = admitted.access();
        if (!access.bind(attempt.login())) {
            throw new AssertionError(attempt.login());
        }
        return access;
    }

    private void decisions() {
        Access access = logIn(attempts.get(0));
        String[] allowed = {"telemetry/press-0/temperature", "devices/press-0/status", "alerts/press-0/major"};
        String[] denied = {"telemetry/press-1/temperature", "devices/press-0/commands", "anything/else"};
        for (int round = 0; round < 3; round++) {
            int right = 0;
            long begin = System.nanoTime();
            for (int i = 0; i < DECISIONS; i++) {
                right += access.may(Action.PUBLISH, allowed[i % 3]) ? 1 : 0;
                right += access.may(Action.PUBLISH, denied[i % 3]) ? 0 : 1;
            }
            double each = (System.nanoTime() - begin) / 2.0 / DECISIONS;
            System.out.printf("decisions: %.0f ns each, all right: %s%n", each, right == 2 * DECISIONS);
        }
        access.close();
    }

    private void end() {
        gate.shut();
        table.stop();
        judge.stop();
        store.close();
    }

    private static BundleContext bundle(Path data) {
        return (BundleContext) Proxy.newProxyInstance(
                GateBench.class.getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (self, method, arguments) -> "dinrail.data".equals(arguments[0]) ? data.toString() : null);
    }

    /** A fresh installation's, which has no key for the secrets of version 1 and refuses to hash them: here that costs what hashing costs. */
    private record FreshVault(Vault vault) implements Vault {
        @Override
        public byte[] digest(String purpose, String context, byte[] secret) throws SecretsException {
            return vault.digest(purpose.equals("legacy") ? "no-legacy" : purpose, context, secret);
        }

        @Override
        public byte[] seal(String context, byte[] clear) throws SecretsException {
            return vault.seal(context, clear);
        }

        @Override
        public byte[] open(String context, byte[] sealed) throws SecretsException {
            return vault.open(context, sealed);
        }
    }
}
