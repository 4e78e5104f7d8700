package io.dinrail.broker.internal.store;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Where each message stands and how many refer to it: 12 bytes a message, since ids are given out in order; what is left of an old page is packed, so that
 * a few retained messages don't keep pages of dead ones.
 */
final class MessageTable {
    private static final int BITS = 8;
    private static final int PAGE = 1 << BITS;
    private static final int PACKED = PAGE / 8;

    private final Map<Long, Page> pages = new HashMap<>();
    private long newest = -1;
    private long size;

    interface Visitor {
        /** Answers whether the message stays. */
        boolean stays(long id, long position, int references);
    }

    long size() {
        return size;
    }

    /** The position, or 0 when the message isn't known or was lost. */
    long position(long id) {
        Page page = pages.get(id >> BITS);
        int index = page == null ? -1 : page.index(slot(id));
        return page == null || index < 0 ? 0 : page.positions[index];
    }

    int references(long id) {
        Page page = pages.get(id >> BITS);
        int index = page == null ? -1 : page.index(slot(id));
        return page == null || index < 0 ? 0 : page.references[index];
    }

    /** Answers where it stood before, or 0. */
    long put(long id, long position) {
        Page page = page(id);
        int index = page.add(slot(id));
        long before = page.positions[index];
        page.positions[index] = position;
        return before;
    }

    int refer(long id, int by) {
        Page page = page(id);
        int index = page.add(slot(id));
        page.references[index] += by;
        int references = page.references[index];
        if (references == 0 && page.positions[index] == 0) {
            page.vanish(slot(id));
            size--;
            settle(id >> BITS, page);
        }
        return references;
    }

    void forget(long id) {
        Page page = pages.get(id >> BITS);
        if (page != null && page.remove(slot(id))) {
            size--;
            settle(id >> BITS, page);
        }
    }

    void sweep(Visitor visitor) {
        Iterator<Map.Entry<Long, Page>> all = pages.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<Long, Page> entry = all.next();
            Page page = entry.getValue();
            for (int slot = 0; slot < PAGE; slot++) {
                int index = page.index(slot);
                if (index >= 0
                        && !visitor.stays(
                                entry.getKey() << BITS | slot, page.positions[index], page.references[index])) {
                    page.remove(slot);
                    size--;
                }
            }
            if (page.count == 0) {
                all.remove();
            } else if (page.count <= PACKED) {
                page.pack();
            }
        }
    }

    private void settle(long number, Page page) {
        if (page.count == 0) {
            pages.remove(number);
        } else if (number < newest && page.count <= PACKED && page.count < page.positions.length / 2) {
            page.pack();
        }
    }

    private Page page(long id) {
        long number = id >> BITS;
        newest = Math.max(newest, number);
        return pages.computeIfAbsent(number, n -> new Page());
    }

    private static int slot(long id) {
        return (int) id & PAGE - 1;
    }

    private final class Page {
        private static final byte[] DENSE = {};

        /** The slots that are there, when packed. */
        private byte[] slots = DENSE;

        private long[] positions = new long[PAGE];
        private int[] references = new int[PAGE];
        private int count;

        /** In a page that isn't packed a slot with neither position nor reference may be there or not. */
        int index(int slot) {
            if (slots == DENSE) {
                return positions[slot] == 0 && references[slot] == 0 ? -1 : slot;
            }
            for (int i = 0; i < count; i++) {
                if (slots[i] == (byte) slot) {
                    return i;
                }
            }
            return -1;
        }

        int add(int slot) {
            int index = index(slot);
            if (index >= 0) {
                return index;
            }
            unpack();
            count++;
            size++;
            return slot;
        }

        boolean remove(int slot) {
            int index = index(slot);
            if (index < 0) {
                return false;
            }
            count--;
            if (slots != DENSE) {
                slots[index] = slots[count];
                positions[index] = positions[count];
                references[index] = references[count];
            } else {
                positions[index] = 0;
                references[index] = 0;
            }
            return true;
        }

        /** Of one that has neither position nor reference any more. */
        void vanish(int slot) {
            if (slots == DENSE) {
                count--;
            } else {
                remove(slot);
            }
        }

        void pack() {
            byte[] left = new byte[count];
            long[] where = new long[count];
            int[] how = new int[count];
            int at = 0;
            for (int slot = 0; slot < PAGE; slot++) {
                int index = index(slot);
                if (index >= 0) {
                    left[at] = (byte) slot;
                    where[at] = positions[index];
                    how[at++] = references[index];
                }
            }
            slots = left;
            positions = where;
            references = how;
        }

        private void unpack() {
            if (slots == DENSE) {
                return;
            }
            long[] where = new long[PAGE];
            int[] how = new int[PAGE];
            for (int i = 0; i < count; i++) {
                where[slots[i] & 0xFF] = positions[i];
                how[slots[i] & 0xFF] = references[i];
            }
            slots = DENSE;
            positions = where;
            references = how;
        }
    }
}
