package io.dinrail.device.h2.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.dinrail.device.api.Device;
import io.dinrail.device.api.DeviceException;
import io.dinrail.device.api.DeviceException.Reason;
import io.dinrail.event.api.BusEvent;
import io.dinrail.event.api.BusEvents;
import io.dinrail.event.api.CredentialChanged;
import io.dinrail.event.api.DeviceChanged;
import io.dinrail.event.api.DevicePresence;
import io.dinrail.event.api.ReadingsRecorded;
import io.dinrail.event.api.RecordedReading;
import io.dinrail.model.api.DeviceId;
import io.dinrail.model.api.Quality;
import io.dinrail.model.api.Reading;
import io.dinrail.model.api.TagId;
import io.dinrail.model.api.TagValue;
import io.dinrail.testkit.FailingStore;
import io.dinrail.testkit.ManualClock;
import io.dinrail.testkit.MemoryStore;
import io.dinrail.testkit.RecordingBus;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeviceBookTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123Z");
    private static final DeviceId PRESS = new DeviceId("press-1");
    private static final DeviceId GATE = new DeviceId("gate");
    private static final Duration SOON = Duration.ofMillis(1);

    private final ManualClock clock = new ManualClock(NOON);
    private final MemoryStore store = new MemoryStore();
    private final FailingStore breakable = new FailingStore(store.dataSource());
    private final RecordingBus bus = new RecordingBus();
    private DeviceBook book;

    @BeforeEach
    void start() throws SQLException {
        book = book(1_000, 1_000);
    }

    @AfterEach
    void close() throws InterruptedException {
        book.close();
        store.close();
    }

    @Test
    void anAddedDeviceIsFoundAndSurvivesARestart() throws Exception {
        Device added =
                book.add(PRESS, Optional.of("hall 3"), Optional.of(GATE), Optional.of("S7-1500"), Optional.of("north"));

        assertThat(added)
                .isEqualTo(new Device(
                        PRESS,
                        Optional.of("hall 3"),
                        Optional.of(GATE),
                        Optional.of("S7-1500"),
                        Optional.of("north"),
                        NOON,
                        false));
        assertThat(book.find(PRESS)).contains(added);
        restart();
        assertThat(book.list()).containsExactly(added);
    }

    @Test
    void devicesAreListedById() throws Exception {
        for (String id : List.of("c", "a", "b")) {
            add(id);
        }
        assertThat(book.list()).extracting(device -> device.id().value()).containsExactly("a", "b", "c");
    }

    @Test
    void aRemovedDeviceIsGoneUntilItIsHeardOfAgain() throws Exception {
        add("press-1");

        book.remove(PRESS);

        assertThat(book.find(PRESS)).isEmpty();
        restart();
        assertThat(book.list()).isEmpty();
        send(reading("press-1"));
        assertThat(book.find(PRESS)).isPresent();
    }

    @Test
    void aChangedDeviceIsAnotherAndKeepsItsAge() throws Exception {
        add("press-1");
        clock.advance(Duration.ofHours(1));

        Device changed =
                book.change(PRESS, Optional.of("hall 4"), Optional.of(GATE), Optional.empty(), Optional.of("south"));

        assertThat(changed)
                .isEqualTo(new Device(
                        PRESS,
                        Optional.of("hall 4"),
                        Optional.of(GATE),
                        Optional.empty(),
                        Optional.of("south"),
                        NOON,
                        false));
        restart();
        assertThat(book.list()).containsExactly(changed);
    }

    @Test
    void whatIsBehindAGatewayFollowsEveryChange() throws Exception {
        DeviceId other = new DeviceId("other");
        for (String id : List.of("c", "a", "b")) {
            add(id);
            move(id, Optional.of(GATE));
        }
        assertThat(book.behind(GATE)).extracting(DeviceId::value).containsExactly("a", "b", "c");

        move("a", Optional.of(other));
        move("b", Optional.empty());
        restart();
        assertThat(book.behind(GATE)).extracting(DeviceId::value).containsExactly("c");
        assertThat(book.behind(other)).extracting(DeviceId::value).containsExactly("a");

        book.remove(new DeviceId("c"));
        assertThat(book.behind(GATE)).isEmpty();
        assertThat(book.behind(PRESS)).isEmpty();
    }

    @Test
    void everyChangeIsToldWhenTheRegisterHasIt() throws Exception {
        add("press-1");
        move("press-1", Optional.of(GATE));
        book.remove(PRESS);
        send(reading("new"));
        book.close();

        assertThat(bus.events(DeviceChanged.class))
                .extracting(change -> change.kind() + " " + change.device())
                .containsExactly("ADDED press-1", "CHANGED press-1", "REMOVED press-1", "ADDED new");
    }

    @Test
    void aChangeThatIsRefusedLeavesTheDeviceAsItWas() throws Exception {
        Device added = book.add(PRESS, Optional.of("hall 3"), Optional.empty(), Optional.empty(), Optional.empty());

        assertThat(refusal(() -> move("press-1", Optional.of(PRESS)))).isEqualTo(Reason.REFUSED);
        assertThat(refusal(() -> move("nobody", Optional.empty()))).isEqualTo(Reason.UNKNOWN);
        breakable.fail();
        assertThat(refusal(() -> move("press-1", Optional.of(GATE)))).isEqualTo(Reason.STORE);

        assertThat(book.find(PRESS)).contains(added);
        assertThat(book.behind(GATE)).isEmpty();
        assertThat(bus.events(DeviceChanged.class)).hasSize(1);
    }

    @Test
    void takenAndUnknownAreSaidSo() throws Exception {
        add("press-1");

        assertThat(refusal(() -> add("press-1"))).isEqualTo(Reason.TAKEN);
        assertThat(refusal(() -> book.remove(GATE))).isEqualTo(Reason.UNKNOWN);
    }

    @Test
    void badTextsAndADeviceAsItsOwnGatewayAreRefused() {
        for (String bad : List.of("", "x".repeat(129), "a\nb", "a\0")) {
            assertThat(refusal(() ->
                            book.add(PRESS, Optional.of(bad), Optional.empty(), Optional.empty(), Optional.empty())))
                    .isEqualTo(Reason.REFUSED);
            assertThat(refusal(() ->
                            book.add(PRESS, Optional.empty(), Optional.empty(), Optional.of(bad), Optional.empty())))
                    .isEqualTo(Reason.REFUSED);
            assertThat(refusal(() ->
                            book.add(PRESS, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(bad))))
                    .isEqualTo(Reason.REFUSED);
        }
        assertThat(refusal(() ->
                        book.add(PRESS, Optional.empty(), Optional.of(PRESS), Optional.empty(), Optional.empty())))
                .isEqualTo(Reason.REFUSED);
        assertThat(book.list()).isEmpty();
    }

    static Stream<BusEvent> everyWayToBeHeardOf() {
        return Stream.of(
                reading("press-1"),
                new DevicePresence(true, PRESS, "", NOON),
                new CredentialChanged(CredentialChanged.Kind.ISSUED, "press-1", "device", NOON),
                new CredentialChanged(CredentialChanged.Kind.ISSUED, "press-1", "gateway", NOON));
    }

    @ParameterizedTest
    @MethodSource("everyWayToBeHeardOf")
    void aDeviceHeardOfIsThereAtOnceAndIsStored(BusEvent event) throws Exception {
        send(event);

        assertThat(book.find(PRESS).map(Device::addedAt)).contains(NOON);
        restart();
        assertThat(book.find(PRESS).map(Device::addedAt)).contains(NOON);
    }

    @Test
    void backendsOtherOrganisationsRevocationsAndLeavingAddNoDevice() {
        send(new CredentialChanged(CredentialChanged.Kind.ISSUED, "scada", "backend", NOON));
        send(new CredentialChanged(CredentialChanged.Kind.ISSUED, "press-1@org_abcdefghijkl", "device", NOON));
        send(new CredentialChanged(CredentialChanged.Kind.REVOKED, "press-1", "device", NOON));
        send(new DevicePresence(false, PRESS, "kicked", NOON));

        assertThat(book.list()).isEmpty();
    }

    @Test
    void beingHeardOfChangesNothingOfADeviceThatIsThere() throws Exception {
        Device added = book.add(PRESS, Optional.of("hall 3"), Optional.empty(), Optional.empty(), Optional.empty());
        clock.advance(Duration.ofHours(1));

        send(reading("press-1"));

        restart();
        assertThat(book.find(PRESS)).contains(added);
    }

    @Test
    void presenceComesAndGoesAndIsForgottenByARestart() throws Exception {
        send(new DevicePresence(true, PRESS, "", NOON));
        assertThat(book.find(PRESS).map(Device::online)).contains(true);
        assertThat(book.list()).allMatch(Device::online);

        send(new DevicePresence(false, PRESS, "timeout", NOON));
        assertThat(book.find(PRESS).map(Device::online)).contains(false);

        send(new DevicePresence(true, PRESS, "", NOON));
        restart();
        assertThat(book.find(PRESS).map(Device::online)).contains(false);
    }

    @Test
    void aFloodOfNewDevicesStopsAtTheLimit() throws Exception {
        book.close();
        book = book(50, 1_000);

        IntStream.range(0, 5_000).forEach(i -> send(reading("d" + i)));

        assertThat(book.list()).hasSize(50);
        restart();
        assertThat(book.list()).hasSize(50);
        add("by-hand");
        assertThat(book.list()).hasSize(51);
    }

    @Test
    void whatFindsNoPlaceToWaitIsAddedWhenHeardOfAgain() throws Exception {
        book.close();
        book = book(1_000, 5);
        breakable.fail();

        heardOf(200);
        assertThat(book.list()).hasSizeLessThanOrEqualTo(5 + 5);

        breakable.mend();
        await().pollInterval(SOON).untilAsserted(() -> {
            heardOf(200);
            assertThat(book.list()).hasSize(200);
        });
        restart();
        assertThat(book.list()).hasSize(200);
    }

    @Test
    void allAreReadWhateverPagesTheyFill() throws Exception {
        DeviceTable table = new DeviceTable(store.dataSource());
        List<Device> many = IntStream.range(0, 2 * DeviceTable.PAGE)
                .mapToObj(i -> new Device(
                        new DeviceId("d-" + i),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        NOON,
                        false))
                .toList();
        table.save(many);
        assertThat(table.all()).containsExactlyInAnyOrderElementsOf(many);
    }

    @Test
    void theRegisterRecoversWithTheStore() throws Exception {
        breakable.fail();
        send(reading("press-1"));

        assertThat(book.find(PRESS)).isPresent();
        assertThat(refusal(() -> add("gate"))).isEqualTo(Reason.STORE);
        assertThat(refusal(() -> book.remove(PRESS))).isEqualTo(Reason.STORE);
        assertThat(book.find(PRESS)).isPresent();
        assertThat(book.find(GATE)).isEmpty();

        breakable.mend();
        await().untilAsserted(() -> assertThat(new DeviceTable(store.dataSource()).all())
                .extracting(Device::id)
                .containsExactly(PRESS));
        add("gate");
        restart();
        assertThat(book.list()).hasSize(2);
    }

    @Test
    void aClosedPoolIsAFailureOfTheStoreLikeAnyOther() {
        store.close();

        DeviceException refused = catchThrowableOfType(DeviceException.class, () -> add("gate"));
        assertThat(refused.reason()).isEqualTo(Reason.STORE);
        assertThat(refused).hasMessageContaining("device gate was not added").hasMessageContaining("closed");
    }

    @Test
    void closingEndsTheThreadEvenIfTheStoreFails() throws Exception {
        breakable.fail();
        heardOf(100);

        book.close();

        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("dinrail-devices") && thread.isAlive());
    }

    private void heardOf(int howMany) {
        IntStream.range(0, howMany).forEach(i -> send(reading("d" + i)));
    }

    private void add(String id) throws DeviceException {
        book.add(new DeviceId(id), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private void move(String id, Optional<DeviceId> gateway) throws DeviceException {
        book.change(new DeviceId(id), Optional.empty(), gateway, Optional.empty(), Optional.empty());
    }

    private void send(BusEvent event) {
        book.handleEvent(BusEvents.wrap(event));
    }

    private void restart() throws Exception {
        book.close();
        book = book(1_000, 1_000);
    }

    private DeviceBook book(int devices, int waiting) throws SQLException {
        return new DeviceBook(breakable, bus, clock, new DeviceBook.Limits(devices, waiting), SOON);
    }

    private static Reason refusal(ThrowingCallable attempt) {
        return catchThrowableOfType(DeviceException.class, attempt).reason();
    }

    private static ReadingsRecorded reading(String device) {
        Reading reading = new Reading(
                TagId.of(device, "t"), Optional.of(TagValue.of(1.5)), Quality.GOOD, NOON, NOON, Optional.empty());
        return new ReadingsRecorded(List.of(new RecordedReading(1, false, reading)));
    }
}
