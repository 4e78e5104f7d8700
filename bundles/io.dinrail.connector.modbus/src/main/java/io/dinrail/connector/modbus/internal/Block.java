package io.dinrail.connector.modbus.internal;

import java.util.List;

/**
 * Some points that one request reads.
 *
 * @param unit whose.
 * @param area which address space.
 * @param start the first address.
 * @param count how many addresses: bits in a bit area, registers elsewhere.
 * @param slots the points in it.
 */
record Block(int unit, Area area, int start, int count, List<Slot> slots) {
    /**
     * A point and its place in the list that was asked for.
     *
     * @param index the place.
     * @param point the point.
     */
    record Slot(int index, ModbusPoint point) {}

    Block {
        slots = List.copyOf(slots);
    }

    static Block of(List<Slot> slots) {
        Address first = slots.get(0).point().address();
        int end = slots.stream().mapToInt(slot -> slot.point().end()).max().orElseThrow();
        return new Block(first.unit(), first.area(), first.offset(), end - first.offset(), slots);
    }

    /** @return whether addresses are read that belong to none of the points. */
    boolean hasGaps() {
        int covered = start;
        for (Slot slot : slots) {
            if (slot.point().address().offset() > covered) {
                return true;
            }
            covered = Math.max(covered, slot.point().end());
        }
        return false;
    }

    /** @return the bytes of data in a right answer. */
    int bytes() {
        return area.bits() ? (count + 7) / 8 : count * 2;
    }
}
