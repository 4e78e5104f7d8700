package io.dinrail.connector.modbus.internal;

import static io.dinrail.connector.modbus.internal.Rows.row;
import static io.dinrail.connector.modbus.internal.Rows.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dinrail.connector.api.ConnectorException;
import io.dinrail.connector.api.ConnectorException.Reason;
import io.dinrail.connector.api.Sample;
import io.dinrail.connector.api.TagSpec.Access;
import io.dinrail.connector.modbus.internal.wire.IdleWatch;
import io.dinrail.model.api.Quality;
import io.dinrail.model.api.TagValue;
import io.dinrail.testkit.ManualClock;
import io.dinrail.testkit.modbus.MisbehavingSlave;
import io.dinrail.testkit.modbus.Misbehaviour;
import io.dinrail.testkit.modbus.SlaveRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a device refuses is gone round, and not asked for again. */
class LearningTest {
    /** Twenty registers spread over 110. */
    private static final List<Integer> TWENTY =
            IntStream.range(0, 20).mapToObj(i -> i * 109 / 19).toList();

    @TempDir
    Path folder;

    private Counts counts;
    private MisbehavingSlave slave;
    private ModbusConnector connector;
    private final ManualClock clock = new ManualClock(Instant.EPOCH);

    @BeforeEach
    void start() throws Exception {
        slave = MisbehavingSlave.tcp();
        for (int register : TWENTY) {
            slave.unit(1).holding(register, "%04x".formatted(register + 1000));
        }
        connect();
    }

    @AfterEach
    void stop() throws Exception {
        connector.close();
        slave.close();
    }

    @Test
    void twentyTagsSpreadOver110RegistersAreReadWithOneRequest() throws Exception {
        allAreGood();
        assertThat(slave.requests()).hasSize(1);
    }

    @Test
    void withoutGapsTheyAreReadOneByOne() throws Exception {
        connect("max.gap", "0");
        allAreGood();
        assertThat(slave.requests()).hasSize(20);
    }

    @Test
    void aDeviceThatRefusesGapsEndsWithEveryTagGoodAndNoMoreRefusedRequests() throws Exception {
        slave.behaves(LearningTest::refusesGaps);
        allAreGood();
        assertThat(counts.refused()).isNotEmpty();
        noMoreRefusals();
        assertThat(slave.requests()).hasSize(20);
    }

    @Test
    void whatWasLearntOutlivesTheConnector() throws Exception {
        slave.behaves(LearningTest::refusesGaps);
        allAreGood();
        connector.close();
        connect();
        noMoreRefusals();
        assertThat(connector.facts()).containsEntry("lessons", "19");
    }

    @Test
    void aTagThatIsIllegalByItselfIsBadAloneAndTheOthersStayTogether() throws Exception {
        slave.behaves(request -> covers(request, 52) ? Misbehaviour.ILLEGAL_ADDRESS : Misbehaviour.NONE);
        List<ModbusPoint> points = IntStream.range(0, 100)
                .mapToObj(i -> connector.point(row("holding:" + i, "uint16")))
                .toList();
        for (int poll = 0; poll < 2; poll++) {
            slave.forget();
            List<Sample> samples = connector.read(points);
            assertThat(samples.get(52)).isEqualTo(Sample.bad("illegal-data-address"));
            assertThat(samples).filteredOn(sample -> sample.quality().isGood()).hasSize(99);
        }
        assertThat(slave.requests()).hasSize(2);
        assertThat(connector.facts()).containsEntry("lessons", "0").containsEntry("illegalTags", "1");
    }

    @Test
    void aRefusalThatIsNotMeantCostsNoValueAndTeachesNothing() throws Exception {
        for (int lies = 0; lies < 3; lies++) {
            slave.behaves(once(Misbehaviour.ILLEGAL_ADDRESS));
            allAreGood();
        }
        assertThat(counts.refused()).containsExactly(Map.entry("exception-02", 3L));
        assertThat(connector.facts()).containsEntry("lessons", "0").containsEntry("illegalTags", "0");
        slave.forget();
        allAreGood();
        assertThat(slave.requests()).hasSize(1);
    }

    @Test
    void aTagThatWasRefusedInErrorIsAskedForAgainByAndByAndComesBack() throws Exception {
        List<ModbusPoint> points = points();
        slave.behaves(request -> covers(request, TWENTY.get(3)) ? Misbehaviour.ILLEGAL_ADDRESS : Misbehaviour.NONE);
        assertThat(connector.read(points).get(3)).isEqualTo(Sample.bad("illegal-data-address"));
        for (int minutes : List.of(1, 2, 4, 8, 16, 32, 60, 60)) {
            long refused = counts.refused().get("exception-02");
            clock.advance(Duration.ofMinutes(minutes).minusSeconds(1));
            connector.read(points);
            assertThat(counts.refused()).as("before %s min", minutes).containsEntry("exception-02", refused);
            clock.advance(Duration.ofSeconds(1));
            connector.read(points);
            assertThat(counts.refused()).as("after %s min", minutes).containsEntry("exception-02", refused + 1);
        }
        slave.behaves(request -> Misbehaviour.NONE);
        clock.advance(Duration.ofHours(1));
        allAreGood();
        slave.forget();
        allAreGood();
        assertThat(slave.requests()).as("joined again").hasSize(1);
    }

    @Test
    void onANewConnectionWhatWasRefusedIsAskedForAtOnce() throws Exception {
        slave.behaves(request -> covers(request, TWENTY.get(3)) ? Misbehaviour.ILLEGAL_ADDRESS : Misbehaviour.NONE);
        connector.read(points());
        slave.behaves(request -> Misbehaviour.NONE);
        connector.close();
        connector.open();
        allAreGood();
    }

    @Test
    void anUnknownFunctionThatIsNotMeantTeachesNothing() throws Exception {
        slave.behaves(once(Misbehaviour.ILLEGAL_FUNCTION));
        write("holding:40", "uint32", TagValue.of(0x12345678L));
        assertThat(slave.unit(1).holding(40, 2)).isEqualTo("12345678");
        assertThat(slave.requests().stream().map(SlaveRequest::function)).containsExactly(16, 16);
        assertThat(connector.facts()).containsEntry("lessons", "0");
    }

    private static Function<SlaveRequest, Misbehaviour> once(Misbehaviour lie) {
        AtomicBoolean told = new AtomicBoolean();
        return request -> told.getAndSet(true) ? Misbehaviour.NONE : lie;
    }

    @Test
    void aDeviceThatTakesShortReadsOnlyIsAskedForShortOnes() throws Exception {
        slave.behaves(request -> request.count() > 40 ? Misbehaviour.ILLEGAL_ADDRESS : Misbehaviour.NONE);
        allAreGood();
        noMoreRefusals();
        assertThat(slave.requests()).hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void aBlockThatADeviceDoesNotAnswerIsBadAloneAndAskedForLast() throws Exception {
        connect("max.gap", "0", "retries", "0");
        slave.behaves(request -> request.start() == 0 ? Misbehaviour.SILENT : Misbehaviour.NONE);
        List<ModbusPoint> points = points();
        assertThat(catchThrowableOfType(ConnectorException.class, () -> connector.read(points)))
                .as("nothing was heard of the unit at all")
                .returns(Reason.LANE, ConnectorException::reason);
        slave.behaves(request -> request.start() == 109 ? Misbehaviour.SILENT : Misbehaviour.NONE);
        List<Sample> samples = connector.read(points);
        assertThat(samples.get(19)).isEqualTo(Sample.bad(Quality.COMM_FAILURE));
        assertThat(samples.subList(0, 19)).allMatch(sample -> sample.quality().isGood());
    }

    @Test
    void registersAndCoilsAreWrittenWithWhateverTheDeviceKnowsAndThatIsRemembered() throws Exception {
        Set<Integer> unknown = Set.of(15, 16, 22);
        slave.behaves(
                request -> unknown.contains(request.function()) ? Misbehaviour.ILLEGAL_FUNCTION : Misbehaviour.NONE);
        slave.unit(1).holding(30, "00ff00000000");
        for (int turn = 0; turn < 2; turn++) {
            slave.forget();
            write("coil:3", "bool", TagValue.of(true));
            write("holding:31", "float32", TagValue.of(1.5));
            write("holding:30.9", "bool", TagValue.of(true));
            write("holding:30.0", "bool", TagValue.of(false));
            assertThat(slave.unit(1).holding(30, 3)).isEqualTo("02fe3fc00000");
            assertThat(slave.unit(1).coil(3)).isTrue();
        }
        assertThat(slave.requests().stream().map(SlaveRequest::function)).containsExactly(5, 6, 6, 3, 6, 3, 6);
    }

    @Test
    void aDeviceThatKnowsOnlyWriteAndReadIsWrittenSo() throws Exception {
        slave.behaves(request ->
                Set.of(6, 16).contains(request.function()) ? Misbehaviour.ILLEGAL_FUNCTION : Misbehaviour.NONE);
        write("holding:40", "uint32", TagValue.of(0x12345678L));
        assertThat(slave.unit(1).holding(40, 2)).isEqualTo("12345678");
        assertThat(slave.requests().stream().map(SlaveRequest::function)).containsExactly(16, 16, 6, 6, 23);
    }

    @Test
    void aDeviceThatKnowsNoWriteAtAllRefusesAndIsAskedAnewTheNextTime() throws Exception {
        slave.behaves(request -> request.reads() ? Misbehaviour.NONE : Misbehaviour.ILLEGAL_FUNCTION);
        for (int turn = 0; turn < 2; turn++) {
            assertThat(catchThrowableOfType(
                            ConnectorException.class, () -> write("holding:40", "uint16", TagValue.of(1))))
                    .hasMessageContaining("refuses to write 'holding:40': illegal-function (exception-01)")
                    .returns(Reason.REFUSED, ConnectorException::reason);
        }
        slave.behaves(request -> Misbehaviour.NONE);
        write("holding:40", "uint16", TagValue.of(1));
        assertThat(slave.unit(1).holding(40, 1)).isEqualTo("0001");
    }

    private static Misbehaviour refusesGaps(SlaveRequest request) {
        boolean gap = IntStream.range(request.start(), request.start() + request.count())
                .anyMatch(register -> !TWENTY.contains(register));
        return gap ? Misbehaviour.ILLEGAL_ADDRESS : Misbehaviour.NONE;
    }

    private static boolean covers(SlaveRequest request, int register) {
        return request.start() <= register && register < request.start() + request.count();
    }

    private void noMoreRefusals() throws ConnectorException {
        slave.forget();
        Map<String, Long> before = counts.refused();
        allAreGood();
        assertThat(counts.refused()).isEqualTo(before);
    }

    private void allAreGood() throws ConnectorException {
        assertThat(connector.read(points()))
                .isEqualTo(TWENTY.stream()
                        .map(register -> Sample.good(TagValue.of(register + 1000)))
                        .collect(Collectors.toList()));
    }

    private List<ModbusPoint> points() {
        return TWENTY.stream()
                .map(register -> connector.point(row("holding:" + register, "uint16")))
                .toList();
    }

    private void write(String address, String type, TagValue value) throws ConnectorException {
        connector.write(connector.point(row(address, type, Access.RW, Map.of())), value);
    }

    private void connect(String... more) throws ConnectorException {
        counts = new Counts(Optional.of(folder));
        String[] keys = java.util.Arrays.copyOf(more, more.length + 4);
        keys[more.length] = "port";
        keys[more.length + 1] = String.valueOf(slave.port());
        keys[more.length + 2] = "timeout";
        keys[more.length + 3] = "1s";
        connector = new ModbusConnector("press", settings(keys), counts, new IdleWatch(), clock);
        connector.open();
    }
}
