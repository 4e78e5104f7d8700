package io.dinrail.connector.modbus.internal;

import static io.dinrail.connector.modbus.internal.Rows.row;
import static io.dinrail.connector.modbus.internal.Rows.settings;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadPlanTest {
    private final ReadPlan plan = new ReadPlan(125, 10);

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
    void afterARefusalGapsAreLeftOutAndAfterAnotherEachPointIsAlone() {
        List<ModbusPoint> points = points("holding:0 uint16", "holding:1 uint16", "holding:5 uint16");
        plan.refused(plan.blocks(points).get(0));
        assertThat(shown(points)).containsExactly("1 holding 0+2", "1 holding 5+1");
        plan.refused(plan.blocks(points).get(0));
        assertThat(shown(points)).containsExactly("1 holding 0+1", "1 holding 1+1", "1 holding 5+1");
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
