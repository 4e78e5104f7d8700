package io.dinrail.connector.modbus.internal;

import static io.dinrail.connector.modbus.internal.Rows.row;
import static io.dinrail.connector.modbus.internal.Rows.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadPlanTest {
    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-22T12:00:00Z"));
    private final Lessons lessons = new Lessons("press", Optional.empty());
    private final ReadPlan plan = new ReadPlan(125, 10, lessons, clock);

    @Test
    void neighboursAreReadTogetherInWhateverOrderTheyAreListed() {
        assertThat(shown(points("holding:4 float32", "holding:0 uint16", "holding:1 uint16")))
                .containsExactly("1 holding 0+6");
    }

    @Test
    void aSmallGapIsReadForNothingAndALargeOneIsNot() {
        assertThat(shown(points("holding:0 uint16", "holding:11 uint16", "holding:23 uint16")))
                .containsExactly("1 holding 0+12", "1 holding 23+1");
    }

    @Test
    void unitsAndAreasAreKeptApart() {
        assertThat(shown(points("2/holding:0 uint16", "holding:0 uint16", "input:0 uint16", "coil:0 bool")))
                .containsExactly("1 coil 0+1", "1 holding 0+1", "1 input 0+1", "2 holding 0+1");
    }

    @Test
    void aLongRunTakesTheFewestRequestsAndNoValueIsSplit() {
        List<ModbusPoint> hundred = IntStream.range(0, 100)
                .mapToObj(i -> point("holding:" + i * 2, "float32"))
                .toList();
        assertThat(shown(hundred)).containsExactly("1 holding 0+124", "1 holding 124+76");
    }

    @Test
    void bitsArePackedSixteenTimesAsDense() {
        assertThat(shown(points("coil:0 bool", "coil:160 bool", "coil:1999 bool")))
                .containsExactly("1 coil 0+161", "1 coil 1999+1");
    }

    @Test
    void overlappingPointsShareARequest() {
        assertThat(shown(points("holding:0 float32", "holding:1 uint16", "holding:1.3 bool")))
                .containsExactly("1 holding 0+2");
    }

    @Test
    void aCutIsNeverReadOverAgain() {
        lessons.learnCut(1, Area.HOLDING, 5);
        assertThat(shown(points("holding:0 uint16", "holding:1 uint16", "holding:5 uint16", "holding:6 uint16")))
                .containsExactly("1 holding 0+2", "1 holding 5+2");
        assertThat(shown(points("input:0 uint16", "input:5 uint16"))).containsExactly("1 input 0+6");
    }

    @Test
    void aRefusedPointIsLeftAloneForAMinuteAndNoReadGoesOverIt() {
        List<ModbusPoint> points =
                points("holding:0 uint16", "holding:1 uint16", "holding:2 uint16", "holding:3 uint16");
        plan.refusedAlone(points.get(1), "illegal-data-address");
        assertThat(shown(points)).containsExactlyInAnyOrder("1 holding 0+1", "1 holding 1+1", "1 holding 2+2");
        Block alone = plan.blocks(points).stream()
                .filter(block -> block.start() == 1)
                .findFirst()
                .orElseThrow();
        assertThat(plan.leftAlone(alone)).isEqualTo("illegal-data-address");
        clock.advance(Duration.ofMinutes(1));
        assertThat(plan.leftAlone(alone)).isEmpty();
        plan.answered(alone);
        assertThat(shown(points)).containsExactly("1 holding 0+4");
    }

    @Test
    void whatADeviceDoesNotAnswerIsAskedForLast() {
        List<ModbusPoint> points = points("holding:0 uint16", "holding:50 uint16", "holding:100 uint16");
        Block first = plan.blocks(points).get(0);
        plan.unanswered(first);
        assertThat(shown(points)).containsExactly("1 holding 50+1", "1 holding 100+1", "1 holding 0+1");
        plan.answered(first);
        assertThat(shown(points)).containsExactly("1 holding 0+1", "1 holding 50+1", "1 holding 100+1");
    }

    @Test
    void thePlanOfTheSamePointsIsMadeOnce() {
        List<ModbusPoint> points = points("holding:0 uint16", "holding:1 uint16");
        assertThat(plan.blocks(points)).isSameAs(plan.blocks(List.copyOf(points)));
    }

    private List<String> shown(List<ModbusPoint> points) {
        return plan.blocks(points).stream()
                .map(block -> block.unit() + " " + block.area() + " " + block.start() + "+" + block.count())
                .toList();
    }

    private static List<ModbusPoint> points(String... rows) {
        return Stream.of(rows)
                .map(row -> row.split(" "))
                .map(row -> point(row[0], row[1]))
                .toList();
    }

    private static ModbusPoint point(String address, String type) {
        return ModbusPoint.of(row(address, type), settings());
    }
}
