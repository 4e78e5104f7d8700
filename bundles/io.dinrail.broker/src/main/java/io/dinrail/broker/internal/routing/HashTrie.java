package io.dinrail.broker.internal.routing;

import org.jspecify.annotations.Nullable;

/**
 * A set without change in place: a trie by five bits of the hash at a time, where null is the empty set, an element alone stands for itself, and
 * everything else is a {@link Branch}. Changing copies a handful of small arrays, however large the set.
 */
abstract class HashTrie<E> {
    private static final int BITS = 5;
    private static final int HASH_BITS = 32;

    /** Elements by the lowest bits of what is left of the hash; a branch without bits holds elements whose hashes are equal. */
    static final class Branch {
        final int bits;
        final Object[] slots;

        Branch(int bits, Object[] slots) {
            this.bits = bits;
            this.slots = slots;
        }

        boolean isBucket() {
            return bits == 0;
        }

        private int slot(int bit) {
            return Integer.bitCount(bits & (bit - 1));
        }
    }

    abstract int hash(E element);

    abstract boolean same(E one, E other);

    /** Null, the only element that can have the hash, or a bucket of those that have it. */
    static @Nullable Object reach(@Nullable Object trie, int hash) {
        Object at = trie;
        int rest = hash;
        while (at instanceof Branch branch && !branch.isBucket()) {
            int bit = 1 << (rest & 31);
            if ((branch.bits & bit) == 0) {
                return null;
            }
            at = branch.slots[branch.slot(bit)];
            rest >>>= BITS;
        }
        return at;
    }

    @Nullable
    E find(@Nullable Object trie, E probe) {
        Object at = reach(trie, hash(probe));
        if (!(at instanceof Branch bucket)) {
            return at != null && same(element(at), probe) ? element(at) : null;
        }
        int index = indexIn(bucket, probe);
        return index < 0 ? null : element(bucket.slots[index]);
    }

    /** The set with the element, in the place of the one that is the same. */
    Object with(@Nullable Object trie, E element) {
        return with(trie, element, hash(element), 0);
    }

    /** The set without the element that is the same; null when none is left. */
    @Nullable
    Object without(@Nullable Object trie, E probe) {
        return without(trie, probe, hash(probe), 0);
    }

    private Object with(@Nullable Object trie, E element, int hash, int depth) {
        if (trie == null) {
            return element;
        }
        if (!(trie instanceof Branch branch)) {
            return same(element(trie), element) ? element : pair(element(trie), element, hash, depth);
        }
        if (branch.isBucket()) {
            int index = indexIn(branch, element);
            Object[] slots = branch.slots;
            return new Branch(0, index < 0 ? inserted(slots, slots.length, element) : replaced(slots, index, element));
        }
        int bit = bit(hash, depth);
        int slot = branch.slot(bit);
        return (branch.bits & bit) == 0
                ? new Branch(branch.bits | bit, inserted(branch.slots, slot, element))
                : new Branch(
                        branch.bits,
                        replaced(branch.slots, slot, with(branch.slots[slot], element, hash, depth + BITS)));
    }

    private Branch pair(E old, E young, int hash, int depth) {
        if (depth >= HASH_BITS) {
            return new Branch(0, new Object[] {old, young});
        }
        int oldBit = bit(hash(old), depth);
        int youngBit = bit(hash, depth);
        if (oldBit == youngBit) {
            return new Branch(oldBit, new Object[] {pair(old, young, hash, depth + BITS)});
        }
        boolean ordered = Integer.compareUnsigned(oldBit, youngBit) < 0;
        return new Branch(oldBit | youngBit, ordered ? new Object[] {old, young} : new Object[] {young, old});
    }

    private @Nullable Object without(@Nullable Object trie, E probe, int hash, int depth) {
        if (!(trie instanceof Branch branch)) {
            return trie != null && same(element(trie), probe) ? null : trie;
        }
        if (branch.isBucket()) {
            int index = indexIn(branch, probe);
            return index < 0 ? branch : shrunk(branch, 0, index);
        }
        int bit = bit(hash, depth);
        if ((branch.bits & bit) == 0) {
            return branch;
        }
        int slot = branch.slot(bit);
        Object old = branch.slots[slot];
        Object left = without(old, probe, hash, depth + BITS);
        if (left == null) {
            return shrunk(branch, branch.bits & ~bit, slot);
        }
        if (left == old) {
            return branch;
        }
        // An element left alone moves up, so that a set has one form only, whatever its history.
        boolean alone = branch.slots.length == 1 && !(left instanceof Branch);
        return alone ? left : new Branch(branch.bits, replaced(branch.slots, slot, left));
    }

    private static @Nullable Object shrunk(Branch branch, int bits, int slot) {
        Object[] slots = branch.slots;
        if (slots.length == 1) {
            return null;
        }
        if (slots.length == 2 && !(slots[1 - slot] instanceof Branch)) {
            return slots[1 - slot];
        }
        Object[] fewer = new Object[slots.length - 1];
        System.arraycopy(slots, 0, fewer, 0, slot);
        System.arraycopy(slots, slot + 1, fewer, slot, fewer.length - slot);
        return new Branch(bits, fewer);
    }

    private int indexIn(Branch bucket, E probe) {
        for (int i = 0; i < bucket.slots.length; i++) {
            if (same(element(bucket.slots[i]), probe)) {
                return i;
            }
        }
        return -1;
    }

    private static int bit(int hash, int depth) {
        return 1 << ((hash >>> depth) & 31);
    }

    private static Object[] inserted(Object[] slots, int at, Object element) {
        Object[] more = new Object[slots.length + 1];
        System.arraycopy(slots, 0, more, 0, at);
        more[at] = element;
        System.arraycopy(slots, at, more, at + 1, slots.length - at);
        return more;
    }

    private static Object[] replaced(Object[] slots, int at, Object element) {
        Object[] copy = slots.clone();
        copy[at] = element;
        return copy;
    }

    @SuppressWarnings("unchecked")
    private E element(Object element) {
        return (E) element;
    }
}
