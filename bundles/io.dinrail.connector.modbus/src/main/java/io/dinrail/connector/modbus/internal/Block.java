package io.dinrail.connector.modbus.internal;

import io.dinrail.connector.modbus.internal.wire.Request;
import java.util.List;

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

    /** @return the place of the first slot behind the widest gap, or else of the middle one; above 0 if there are two slots or more. */
    int split() {
        int best = slots.size() / 2;
        int widest = 0;
        int end = slots.get(0).point().end();
        for (int i = 1; i < slots.size(); i++) {
            int gap = slots.get(i).offset() - end;
            if (gap > widest) {
                widest = gap;
                best = i;
            }
            end = Math.max(end, slots.get(i).point().end());
        }
        return best;
    }

    @Override
    public String toString() {
        return "unit " + unit + " " + area + " " + start + "+" + count;
    }
}
