package io.dinrail.connector.modbus.internal;

import io.dinrail.connector.modbus.internal.Block.Slot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Joins points into the fewest requests, and learns from refusals: a refused request is first repeated without the gaps between its points, and
 * where that is refused too, each of its points gets a request of its own. For one thread.
 */
final class ReadPlan {
    private static final Comparator<Slot> ORDER = Comparator.comparingInt(
                    (Slot slot) -> slot.point().address().unit())
            .thenComparing(slot -> slot.point().address().area())
            .thenComparingInt(slot -> slot.point().address().offset());

    private final int maxRegisters;
    private final int maxGap;
    private final Set<ModbusPoint> gapless = new HashSet<>();
    private final Set<ModbusPoint> alone = new HashSet<>();

    ReadPlan(int maxRegisters, int maxGap) {
        this.maxRegisters = maxRegisters;
        this.maxGap = maxGap;
    }

    /** @return blocks that hold every point once, those of one unit next to each other; a point is never split. */
    List<Block> blocks(List<ModbusPoint> points) {
        List<Slot> sorted = IntStream.range(0, points.size())
                .mapToObj(index -> new Slot(index, points.get(index)))
                .sorted(ORDER)
                .toList();
        List<Block> blocks = new ArrayList<>();
        List<Slot> open = new ArrayList<>();
        int end = 0;
        for (Slot slot : sorted) {
            if (!open.isEmpty() && !joins(open, end, slot)) {
                blocks.add(Block.of(open));
                open.clear();
            }
            end = open.isEmpty()
                    ? slot.point().end()
                    : Math.max(end, slot.point().end());
            open.add(slot);
        }
        blocks.add(Block.of(open));
        return blocks;
    }

    /** Remembers that the device refused this block as a whole. */
    void refused(Block block) {
        Set<ModbusPoint> lesson = block.hasGaps() ? gapless : alone;
        block.slots().forEach(slot -> lesson.add(slot.point()));
    }

    private boolean joins(List<Slot> open, int end, Slot next) {
        ModbusPoint first = open.get(0).point();
        ModbusPoint last = open.get(open.size() - 1).point();
        ModbusPoint point = next.point();
        if (point.address().unit() != first.address().unit()
                || point.address().area() != first.address().area()) {
            return false;
        }
        if (alone.contains(point) || alone.contains(last)) {
            return false;
        }
        int perRegister = point.address().area().bits() ? 16 : 1;
        int gap = gapless.contains(point) || gapless.contains(last) ? 0 : maxGap * perRegister;
        return point.address().offset() - end <= gap
                && Math.max(end, point.end()) - first.address().offset() <= maxRegisters * perRegister;
    }
}
