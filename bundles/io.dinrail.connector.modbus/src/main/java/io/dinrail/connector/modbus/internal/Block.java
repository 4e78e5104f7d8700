package io.dinrail.connector.modbus.internal;

import io.dinrail.connector.modbus.internal.wire.Request;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Some points that one request reads.
 *
 * @param unit whose.
 * @param area which address space.
 * @param start the first address.
 * @param count how many addresses: bits in a bit area, registers elsewhere.
 * @param slots the points in it, by address.
 */
record Block(int unit, Area area, int start, int count, List<Slot> slots) {
    /**
     * A point and its place in the list that was asked for.
     *
     * @param index the place.
     * @param point the point.
     */
    record Slot(int index, ModbusPoint point) {
        int offset() {
            return point.address().offset();
        }
    }

    Block {
        slots = List.copyOf(slots);
    }

    static Block of(List<Slot> slots) {
        Address first = slots.get(0).point().address();
        int end = slots.stream().mapToInt(slot -> slot.point().end()).max().orElseThrow();
        return new Block(first.unit(), first.area(), first.offset(), end - first.offset(), slots);
    }

    Request request() {
        return Request.read(area.readFunction(), start, count);
    }

    /**
     * Finds where to split a block that was refused: at the widest gap if it stands out, for then it is likely the reason; otherwise at the gap next to
     * the middle, so that a device that takes short reads only is soon content.
     *
     * @return the place of the first slot of the second part; above 0 if there are two slots or more.
     */
    int split() {
        int[] gaps = gaps();
        int widest = IntStream.range(0, gaps.length)
                .reduce((one, other) -> gaps[other] > gaps[one] ? other : one)
                .orElse(0);
        int second = IntStream.range(0, gaps.length)
                .filter(i -> i != widest)
                .map(i -> gaps[i])
                .max()
                .orElse(0);
        return gaps[widest] > 2 * second ? widest : nextTo(gaps.length / 2, gaps);
    }

    /** @return how many addresses lie unused before each slot. */
    private int[] gaps() {
        int[] gaps = new int[slots.size()];
        int end = slots.get(0).point().end();
        for (int i = 1; i < gaps.length; i++) {
            gaps[i] = Math.max(0, slots.get(i).offset() - end);
            end = Math.max(end, slots.get(i).point().end());
        }
        return gaps;
    }

    private static int nextTo(int middle, int[] gaps) {
        for (int away = 0; away < gaps.length; away++) {
            for (int i : new int[] {middle - away, middle + away}) {
                if (i > 0 && i < gaps.length && gaps[i] > 0) {
                    return i;
                }
            }
        }
        return middle;
    }

    @Override
    public String toString() {
        return "unit " + unit + " " + area + " " + start + "+" + count;
    }
}
