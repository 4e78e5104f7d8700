package io.dinrail.demo.line.internal;

import static java.util.Objects.requireNonNullElse;

import io.dinrail.alert.api.Rule;
import io.dinrail.alert.api.RuleBook;
import io.dinrail.alert.api.RuleException;
import io.dinrail.connector.api.Connectors;
import io.dinrail.device.api.DeviceException;
import io.dinrail.device.api.DeviceRegister;
import io.dinrail.model.api.Severity;
import io.dinrail.model.api.TagId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects the simulators as they appear and adds the rule; takes everything away again when the demo is removed. */
@Component(
        immediate = true,
        service = {})
public final class LineSetup {
    static final Rule RULE = new Rule(
            "filler-hot",
            TagId.of("filler-1", "temperature"),
            Rule.Condition.ABOVE,
            80,
            2,
            Duration.ofSeconds(3),
            Severity.CRITICAL,
            "The filler is too hot: lower its setpoint.");

    private static final Logger LOG = LoggerFactory.getLogger(LineSetup.class);
    private static final Duration CONNECTORS_END = Duration.ofSeconds(2);
    private static final String SIMULATOR = "dinrail.demo.simulator";

    private final BundleContext context;
    private final ConnectorFiles files;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(work -> new Thread(work, "dinrail-demo-setup"));
    private volatile Optional<RuleBook> rules = Optional.empty();
    private volatile Optional<DeviceRegister> devices = Optional.empty();
    private volatile Optional<Connectors> connectors = Optional.empty();

    @Activate
    public LineSetup(BundleContext context, @Reference ConfigurationAdmin configurations) {
        this.context = context;
        Path data = Path.of(requireNonNullElse(context.getProperty("dinrail.data"), "data"));
        this.files = new ConnectorFiles(configurations, data.toAbsolutePath().resolve("demo"));
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            target = "(" + SIMULATOR + "=*)")
    void bindSimulator(IntSupplier simulator, Map<String, Object> properties) {
        int port = simulator.getAsInt();
        for (Machine machine : Machine.values()) {
            if (machine.connector().equals(properties.get(SIMULATOR))) {
                attempt("connect " + machine.device(), () -> files.connect(machine, port));
            }
        }
    }

    void unbindSimulator(IntSupplier gone) {
        // its connector shows by itself that the machine is away
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindRules(RuleBook arrived) {
        rules = Optional.of(arrived);
        attempt("add the rule " + RULE.name(), () -> addRule(arrived));
    }

    void unbindRules(RuleBook gone) {
        rules = rules.filter(held -> held != gone);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindDevices(DeviceRegister arrived) {
        devices = Optional.of(arrived);
    }

    void unbindDevices(DeviceRegister gone) {
        devices = devices.filter(held -> held != gone);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindConnectors(Connectors arrived) {
        connectors = Optional.of(arrived);
    }

    void unbindConnectors(Connectors gone) {
        connectors = connectors.filter(held -> held != gone);
    }

    /** When the whole platform stops, everything stays for the next start. */
    @Deactivate
    void stop() throws InterruptedException {
        if (context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getState() != Bundle.STOPPING) {
            Optional<RuleBook> book = rules;
            Optional<DeviceRegister> register = devices;
            Optional<Connectors> host = connectors;
            for (Machine machine : Machine.values()) {
                attempt("remove " + machine.connector(), () -> files.disconnect(machine));
            }
            book.ifPresent(held -> attempt("remove the rule", () -> removeRule(held)));
            host.ifPresent(held -> attempt("see the connectors end", () -> awaitNoConnector(held)));
            register.ifPresent(this::forgetMachines);
        }
        thread.shutdown();
        if (!thread.awaitTermination(4, TimeUnit.SECONDS)) {
            thread.shutdownNow();
        }
    }

    private static void addRule(RuleBook book) throws RuleException {
        if (book.list().stream().noneMatch(rule -> rule.name().equals(RULE.name()))) {
            book.add(RULE);
        }
    }

    private static void removeRule(RuleBook book) throws RuleException {
        if (book.list().stream().anyMatch(rule -> rule.name().equals(RULE.name()))) {
            book.remove(RULE.name());
        }
    }

    /** A last reading would bring a device back that is forgotten already. */
    private static void awaitNoConnector(Connectors host) {
        long end = System.nanoTime() + CONNECTORS_END.toNanos();
        for (Machine machine : Machine.values()) {
            while (host.find(machine.connector()).isPresent() && System.nanoTime() < end) {
                LockSupport.parkNanos(10_000_000);
            }
        }
    }

    private void forgetMachines(DeviceRegister register) {
        for (Machine machine : Machine.values()) {
            attempt("forget " + machine.device(), () -> {
                if (register.find(machine.device()).isPresent()) {
                    register.remove(machine.device());
                }
            });
        }
    }

    /** One step that may fail without hurting the next. */
    private interface Step {
        void run() throws IOException, RuleException, DeviceException;
    }

    private void attempt(String what, Step step) {
        thread.execute(() -> {
            try {
                step.run();
            } catch (IOException | RuleException | DeviceException | RuntimeException e) {
                LOG.error("the demo could not {}: {}", what, e.getMessage());
            }
        });
    }
}
