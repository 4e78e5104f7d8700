package io.dinrail.connector.modbus.internal;

import io.dinrail.connector.modbus.internal.Block.Slot;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Joins points into the fewest requests, and learns from refusals: a refused request is split, at its widest gap first, until what is left is answered
 * or is a single point. A point that is refused by itself is left alone for a while, and is no reason to keep the others apart. For one thread.
 */
final class ReadPlan {
    private static final Comparator<Slot> ORDER = Comparator.comparingInt(
                    (Slot slot) -> slot.point().address().unit())
            .thenComparing(slot -> slot.point().address().area())
            .thenComparingInt(Slot::offset)
            .thenComparingInt(slot -> slot.point().end());
    private static final Duration LEFT_ALONE = Duration.ofMinutes(1);
    private static final Duration LONGEST_LEFT_ALONE = Duration.ofHours(1);
    private static final int MOST_PLANS = 32;

    private record Refusal(String status, Duration leftAlone, Instant until) {
        Duration longer() {
            Duration twice = leftAlone.multipliedBy(2);
            return twice.compareTo(LONGEST_LEFT_ALONE) < 0 ? twice : LONGEST_LEFT_ALONE;
        }

        Refusal until(Instant when) {
            return new Refusal(status, leftAlone, when);
        }
    }

    private record Made(ModbusPoint[] points, int version, List<Block> blocks) {
        boolean isFor(List<ModbusPoint> wanted, int current) {
            if (version != current || points.length != wanted.size()) {
                return false;
            }
            for (int i = 0; i < points.length; i++) {
                if (points[i] != wanted.get(i)) {
                    return false;
                }
            }
            return true;
        }
    }

    private final int maxRegisters;
    private final int maxGap;
    private final Lessons lessons;
    private final Clock clock;
    private final Map<ModbusPoint, Refusal> illegal = new HashMap<>();
    private final List<Made> plans = new ArrayList<>();
    private final Set<ModbusPoint> unanswered = new HashSet<>();
    private int changes;

    ReadPlan(int maxRegisters, int maxGap, Lessons lessons, Clock clock) {
        this.maxRegisters = maxRegisters;
        this.maxGap = maxGap;
        this.lessons = lessons;
        this.clock = clock;
    }

    /** @return blocks that hold every point once, in the order to ask for them; a point is never split. */
    List<Block> blocks(List<ModbusPoint> points) {
        int version = lessons.version() + changes;
        for (Made plan : plans) {
            if (plan.isFor(points, version)) {
                return plan.blocks();
            }
        }
        List<Block> blocks = joined(points);
        plans.removeIf(plan -> plan.version() != version);
        if (plans.size() == MOST_PLANS) {
            plans.remove(0);
        }
        plans.add(new Made(points.toArray(new ModbusPoint[0]), version, blocks));
        return blocks;
    }

    /** @return why a block is not to be asked for, since it is one point that was refused a short while ago; empty if it is. */
    String leftAlone(Block block) {
        Refusal refusal = illegal.get(block.slots().get(0).point());
        return refusal != null && clock.instant().isBefore(refusal.until) ? refusal.status : "";
    }

    /** Remembers that one point by itself is refused. */
    void refusedAlone(ModbusPoint point, String status) {
        Refusal before = illegal.get(point);
        Duration leftAlone = before == null ? LEFT_ALONE : before.longer();
        illegal.put(point, new Refusal(status, leftAlone, clock.instant().plus(leftAlone)));
        if (before == null) {
            changes++;
        }
    }

    /** @return whether the block is one point that was refused before. */
    boolean isRefused(Block block) {
        return illegal.containsKey(block.slots().get(0).point());
    }

    /** On a new connection there may be another device, or one with another program: what was refused is asked for once more. */
    void reconnected() {
        Instant now = clock.instant();
        illegal.replaceAll((point, refusal) -> refusal.until(now));
    }

    /** Remembers that a point can be read after all. */
    void answered(Block block) {
        ModbusPoint first = block.slots().get(0).point();
        if (!illegal.isEmpty() && illegal.remove(first) != null || !unanswered.isEmpty() && unanswered.remove(first)) {
            changes++;
        }
    }

    /** Remembers that a device that is there doesn't answer for this block: it is asked for last from now on, so that others are read before. */
    void unanswered(Block block) {
        if (unanswered.add(block.slots().get(0).point())) {
            changes++;
        }
    }

    /** @return whether that is known of the block. */
    boolean isUnanswered(Block block) {
        return unanswered.contains(block.slots().get(0).point());
    }

    /** @return how many points are refused by themselves. */
    int illegalPoints() {
        return illegal.size();
    }

    private List<Block> joined(List<ModbusPoint> points) {
        List<Slot> sorted = IntStream.range(0, points.size())
                .mapToObj(index -> new Slot(index, points.get(index)))
                .sorted(ORDER)
                .toList();
        List<Block> blocks = new ArrayList<>();
        List<Slot> open = new ArrayList<>();
        int end = 0;
        for (Slot slot : sorted) {
            if (illegal.containsKey(slot.point())) {
                blocks.add(Block.of(List.of(slot)));
                continue;
            }
            if (!open.isEmpty() && !joins(open.get(0), end, slot)) {
                blocks.add(Block.of(open));
                open.clear();
            }
            end = open.isEmpty()
                    ? slot.point().end()
                    : Math.max(end, slot.point().end());
            open.add(slot);
        }
        if (!open.isEmpty()) {
            blocks.add(Block.of(open));
        }
        blocks.sort(Comparator.comparing(
                block -> unanswered.contains(block.slots().get(0).point())));
        return List.copyOf(blocks);
    }

    private boolean joins(Slot first, int end, Slot next) {
        Address from = first.point().address();
        Address to = next.point().address();
        if (to.unit() != from.unit() || to.area() != from.area()) {
            return false;
        }
        int perRegister = to.area().bits() ? 16 : 1;
        return to.offset() - end <= maxGap * perRegister
                && Math.max(end, next.point().end()) - from.offset() <= maxRegisters * perRegister
                && !lessons.isCut(to.unit(), to.area(), to.offset())
                && !isWall(from, end, to.offset());
    }

    /** A gap with an address in it that was refused can't be read over. */
    private boolean isWall(Address from, int start, int end) {
        return start < end
                && illegal.keySet().stream()
                        .filter(point -> point.address().unit() == from.unit()
                                && point.address().area() == from.area())
                        .anyMatch(
                                point -> point.end() > start && point.address().offset() < end);
    }
}
