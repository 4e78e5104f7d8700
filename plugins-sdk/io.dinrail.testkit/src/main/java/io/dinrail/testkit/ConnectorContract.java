package io.dinrail.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dinrail.connector.api.Connector;
import io.dinrail.connector.api.ConnectorContext;
import io.dinrail.connector.api.ConnectorState;
import io.dinrail.connector.api.ConnectorStatus;
import io.dinrail.connector.api.ConnectorType;
import io.dinrail.connector.api.Settings;
import io.dinrail.connector.api.WriteResult;
import io.dinrail.connector.api.WriteResult.Verdict;
import io.dinrail.model.api.Quality;
import io.dinrail.model.api.Reading;
import io.dinrail.model.api.TagId;
import io.dinrail.model.api.TagValue;
import io.dinrail.southbound.internal.ContractHost;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every southbound connector must do. Extend it in the tests of a connector, name the connector's type and a device to speak with; the tests run it
 * in the platform's own host, without a framework. How to: {@code docs/how-to/write-a-connector.md}.
 */
@SuppressWarnings("NullAway.Init") // the fields are set before each test
public abstract class ConnectorContract {
    private static final TagId LEVEL = TagId.of("contract-1", "level");
    private static final TagId SETPOINT = TagId.of("contract-1", "setpoint");
    private static final int RESTARTS = 50;

    @TempDir
    Path folder;

    private ContractDevice device;
    private ConnectorType type;
    private ContractHost host;

    /**
     * Makes a device for one test.
     *
     * @return it, well and with the value 0.
     * @throws Exception if it can't be made.
     */
    protected abstract ContractDevice device() throws Exception;

    /** @return the class of the connector's type; it has a constructor without parameters, which the framework uses as well. */
    protected abstract Class<? extends ConnectorType> typeClass();

    /** @return the name of the method without parameters that the framework calls when the bundle stops; not called if there is none. */
    protected String deactivate() {
        return "stop";
    }

    /** @return how long a test waits for what has to come before it fails; 30 s unless the connector needs more. */
    protected Duration patience() {
        return Duration.ofSeconds(30);
    }

    @BeforeEach
    final void beginContract() throws Exception {
        device = device();
        type = FreshType.of(typeClass()).make();
        host = new ContractHost(folder);
        host.tags(rows(Map.of(LEVEL, device.readable(), SETPOINT, device.writable())));
    }

    @AfterEach
    final void endContract() throws Exception {
        host.close();
        FreshType.end(type, deactivate());
        device.close();
    }

    @Test
    final void aConnectorThatIsConfiguredReadsItsTagsAndOneThatIsStoppedLeavesNoConnection() throws Exception {
        device.set(42);
        run();
        await("the value 42", () -> isGood(LEVEL, 42));
        device.set(43);
        await("the value 43", () -> isGood(LEVEL, 43));
        host.stop(type).get(10, TimeUnit.SECONDS);
        await("no connection", () -> device.connections() == 0);
    }

    @Test
    final void onLossEveryTagIsBadOnceWithItsLastGoodValueAndComesBackByItself() throws Exception {
        device.set(42);
        run();
        await("good tags", () -> isGood(LEVEL, 42) && lastIsGood(SETPOINT));
        device.cut();
        state(ConnectorState.DEGRADED);
        await("bad tags", () -> !lastIsGood(LEVEL) && !lastIsGood(SETPOINT));
        Reading lost = last(LEVEL);
        assertEquals(Quality.bad(Quality.COMM_FAILURE), lost.quality());
        assertEquals(42, number(lost), "the last good value");
        assertFalse(status().reason().isEmpty(), "the reason is told");
        device.set(44);
        device.mend();
        state(ConnectorState.RUNNING);
        await("the value 44", () -> isGood(LEVEL, 44));
        for (TagId tag : List.of(LEVEL, SETPOINT)) {
            assertEquals(1, bad(tag).size(), () -> tag + " says once that it is bad: " + bad(tag));
        }
    }

    @Test
    final void aDeviceThatIsAwayAtTheStartIsFoundWhenItComes() throws Exception {
        device.cut();
        configure();
        host.start(type);
        state(ConnectorState.DEGRADED);
        device.set(42);
        device.mend();
        state(ConnectorState.RUNNING);
        await("the value 42", () -> isGood(LEVEL, 42));
    }

    @Test
    final void aDeviceThatFallsSilentIsNoticedAndNothingIsStampedAnew() throws Exception {
        device.set(42);
        run();
        await("good tags", () -> isGood(LEVEL, 42));
        device.freeze();
        await("a tag that isn't good", () -> !lastIsGood(LEVEL));
        int told = host.readings(LEVEL).size();
        Instant until = Instant.now().plusMillis(500);
        await("a while", () -> Instant.now().isAfter(until));
        assertTrue(
                host.readings(LEVEL).stream()
                        .skip(told)
                        .noneMatch(reading -> reading.quality().isGood()),
                "no good reading of a silent device");
        device.mend();
        await("good tags", () -> lastIsGood(LEVEL));
    }

    @Test
    final void theTimesOfATagNeverGoBack() throws Exception {
        run();
        for (int value = 1; value <= 5; value++) {
            int now = value;
            device.set(now);
            await("the value " + now, () -> isGood(LEVEL, now));
        }
        device.cut();
        await("bad tags", () -> !lastIsGood(LEVEL));
        device.mend();
        await("good tags", () -> lastIsGood(LEVEL));
        Instant before = Instant.MIN;
        for (Reading reading : host.readings(LEVEL)) {
            if (reading.quality().isGood() && !reading.isBackfilled()) {
                assertFalse(reading.sourceTime().isBefore(before), () -> "back in time: " + reading);
                before = reading.sourceTime();
            }
        }
    }

    @Test
    final void aWriteIsReadBackAndItsLimitsAreKept() throws Exception {
        run();
        await("good tags", () -> lastIsGood(SETPOINT));
        assertEquals(Verdict.APPLIED, write(40, Instant.now().plusSeconds(20)).verdict());
        assertEquals(40, device.written());
        assertEquals(Verdict.REFUSED, write(101, Instant.now().plusSeconds(20)).verdict(), "above its limit");
        assertEquals(Verdict.REFUSED, write(50, Instant.now().minusSeconds(1)).verdict(), "too late");
        assertEquals(40, device.written());
        await("the new value", () -> isGood(SETPOINT, 40));
    }

    @Test
    final void aWriteToADeviceThatIsAwayIsNeverSentLater() throws Exception {
        run();
        await("good tags", () -> lastIsGood(SETPOINT));
        device.cut();
        state(ConnectorState.DEGRADED);
        assertEquals(Verdict.REFUSED, write(77, Instant.now().plusSeconds(60)).verdict());
        device.mend();
        state(ConnectorState.RUNNING);
        await("good tags", () -> lastIsGood(SETPOINT));
        assertFalse(device.written() == 77, "nothing is sent behind the back of whoever asked");
    }

    @Test
    final void aRowThatMakesNoSenseIsNamedAndHurtsOnlyItself() throws Exception {
        TagId odd = TagId.of("contract-1", "odd");
        host.tags(rows(Map.of(LEVEL, device.readable(), odd, device.impossible())));
        device.set(42);
        run();
        await("the value 42", () -> isGood(LEVEL, 42));
        assertEquals(1, status().problems().size(), () -> status().problems().toString());
        assertTrue(
                status().problems().get(0).contains("line "),
                () -> status().problems().toString());
        assertEquals(1, status().tags());
    }

    @Test
    final void aTagThatIsAddedDoesNotDisturbTheOthers() throws Exception {
        device.set(42);
        run();
        await("good tags", () -> isGood(LEVEL, 42));
        TagId more = TagId.of("contract-1", "more");
        host.tags(rows(Map.of(LEVEL, device.readable(), SETPOINT, device.writable(), more, device.readable())));
        await("the new tag", () -> isGood(more, 42));
        assertTrue(bad(LEVEL).isEmpty(), () -> "disturbed: " + bad(LEVEL));
        assertTrue(
                host.changes().stream().noneMatch(change -> !change.name().equals("STARTED")),
                () -> "disturbed: " + host.changes());
    }

    @Test
    final void aConnectorCanBeClosedBeforeItIsOpenAndTwice() {
        Connector<?> connector = type.create("contract", new Settings(device.settings()), ConnectorContext.none());
        connector.close();
        connector.close();
        assertTrue(connector.facts().size() < 50, "a few facts, at any time");
        assertTrue(connector.peers().size() < 1_000, "a few certificates, at any time");
        Duration timeout = connector.laneTimeout();
        assertTrue(!timeout.isNegative() && timeout.toDays() < 1, "a timeout, or zero");
    }

    @Test
    final void fiftyRestartsLeaveNoThreadNoConnectionAndNoClassLoader() throws Exception {
        configure();
        await("an instance without its type", () -> host.status().isPresent());
        restarted(); // what a library keeps for good it has made by now
        Map<String, Integer> threads = threads();
        WeakReference<ClassLoader> loader = restarted();
        for (int i = 1; i < RESTARTS; i++) {
            restarted();
        }
        await("no connection", () -> device.connections() == 0);
        await(
                "no thread more",
                () -> more(threads).isEmpty(),
                () -> more(threads).toString());
        await("no class loader", () -> isGone(loader));
    }

    private static boolean isGone(WeakReference<ClassLoader> loader) {
        System.gc();
        return loader.get() == null;
    }

    /** One life of the connector's bundle, its classes loaded for it alone as in a framework. */
    private WeakReference<ClassLoader> restarted() throws Exception {
        FreshType fresh = FreshType.alone(typeClass());
        ConnectorType its = fresh.make();
        host.start(its);
        state(ConnectorState.RUNNING);
        host.stop(its).get(10, TimeUnit.SECONDS);
        FreshType.end(its, deactivate());
        state(ConnectorState.STOPPED);
        return new WeakReference<>(its.getClass().getClassLoader());
    }

    /** Threads whose name is new, or of which about every restart left one: fewer may be those by which a pool grew. */
    private static Map<String, Integer> more(Map<String, Integer> before) {
        Map<String, Integer> more = threads();
        more.entrySet()
                .removeIf(now -> before.containsKey(now.getKey())
                        && now.getValue() - before.get(now.getKey()) < RESTARTS * 9 / 10);
        return more;
    }

    /** How many threads have a name, numbers left out. Those of the virtual machine and of this test come and go. */
    private static Map<String, Integer> threads() {
        Map<String, Integer> names = new TreeMap<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.isAlive()
                    && thread.getThreadGroup() != null
                    && !thread.getName().startsWith("junit")) {
                names.merge(thread.getName().replaceAll("\\d+", "#"), 1, Integer::sum);
            }
        }
        return names;
    }

    private void run() {
        configure();
        host.start(type);
        state(ConnectorState.RUNNING);
    }

    private void configure() {
        Map<String, String> settings = new HashMap<>(device.settings());
        settings.putIfAbsent("backoff.max", "200ms");
        settings.putIfAbsent("readback.wait", "20ms");
        host.configure(settings);
    }

    private static String rows(Map<TagId, Map<String, String>> tags) {
        TreeSet<String> columns = new TreeSet<>();
        tags.values().forEach(cells -> columns.addAll(cells.keySet()));
        columns.removeAll(List.of("access", "poll", "min", "max"));
        StringBuilder csv = new StringBuilder("device,tag,access,poll,min,max");
        columns.forEach(column -> csv.append(',').append(column));
        tags.forEach((tag, cells) -> {
            csv.append('\n').append(tag.device().value()).append(',').append(tag.tag());
            csv.append(tag.equals(SETPOINT) ? ",rw,50ms,0,100" : ",r,50ms,,");
            columns.forEach(column -> csv.append(",\"")
                    .append(cells.getOrDefault(column, "").replace("\"", "\"\""))
                    .append('"'));
        });
        return csv.append('\n').toString();
    }

    private WriteResult write(int value, Instant expires) throws Exception {
        return host.write(SETPOINT, TagValue.of(value), expires).get(patience().toSeconds(), TimeUnit.SECONDS);
    }

    private ConnectorStatus status() {
        return host.status().orElseThrow();
    }

    private void state(ConnectorState wanted) {
        await(
                "the state " + wanted,
                () -> host.status()
                        .map(ConnectorStatus::state)
                        .filter(wanted::equals)
                        .isPresent(),
                () -> host.status().toString());
    }

    private Reading last(TagId tag) {
        List<Reading> readings = host.readings(tag);
        return readings.get(readings.size() - 1);
    }

    private boolean lastIsGood(TagId tag) {
        return !host.readings(tag).isEmpty() && last(tag).quality().isGood();
    }

    private boolean isGood(TagId tag, int value) {
        return lastIsGood(tag) && number(last(tag)) == value;
    }

    private static double number(Reading reading) {
        return reading.value().map(TagValue::number).orElseThrow().orElseThrow();
    }

    private List<Reading> bad(TagId tag) {
        return host.readings(tag).stream()
                .filter(reading -> !reading.quality().isGood())
                .toList();
    }

    private void await(String what, BooleanSupplier condition) {
        await(what, condition, () -> host.status() + ", level: " + lastFew(LEVEL) + ", setpoint: " + lastFew(SETPOINT));
    }

    private List<Reading> lastFew(TagId tag) {
        List<Reading> readings = host.readings(tag);
        return readings.subList(Math.max(0, readings.size() - 3), readings.size());
    }

    private void await(String what, BooleanSupplier condition, Supplier<String> instead) {
        Instant end = Instant.now().plus(patience());
        while (!condition.getAsBoolean()) {
            assertTrue(Instant.now().isBefore(end), () -> "waited in vain for " + what + "; there is " + instead.get());
            LockSupport.parkNanos(5_000_000);
        }
    }
}
