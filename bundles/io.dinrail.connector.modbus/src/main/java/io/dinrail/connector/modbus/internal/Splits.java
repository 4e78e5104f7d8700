package io.dinrail.connector.modbus.internal;

import io.dinrail.connector.modbus.internal.Block.Slot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Splits refused blocks, and judges afterwards what the refusals taught. Where a single point turned out to be refused by itself, it was the reason, and
 * where the block was split says nothing; otherwise each split is kept. For one read.
 */
final class Splits {
    private record Cut(int unit, Area area, int offset) {}

    /** All splits that come from one block that was asked for. */
    private static final class Family {
        private final Set<Cut> cuts = new HashSet<>();
        private boolean explained;
    }

    private final Map<Block, Family> families = new IdentityHashMap<>();

    /** @return the parts, the last first. */
    List<Block> split(Block block) {
        int at = block.split();
        Block left = Block.of(block.slots().subList(0, at));
        List<Slot> rest = block.slots().subList(at, block.slots().size());
        Block right = Block.of(rest);
        Family family = families.computeIfAbsent(block, whole -> new Family());
        family.cuts.add(new Cut(block.unit(), block.area(), right.start()));
        families.put(left, family);
        families.put(right, family);
        return List.of(right, left);
    }

    /** A block of one point is refused: those that it was read with were innocent. */
    void innocent(Block alone) {
        Family family = families.get(alone);
        if (family != null) {
            family.explained = true;
        }
    }

    void learnt(Lessons lessons) {
        List<Family> unexplained = new ArrayList<>(families.values());
        unexplained.removeIf(family -> family.explained);
        unexplained.forEach(family -> family.cuts.forEach(cut -> lessons.learnCut(cut.unit, cut.area, cut.offset)));
    }
}
