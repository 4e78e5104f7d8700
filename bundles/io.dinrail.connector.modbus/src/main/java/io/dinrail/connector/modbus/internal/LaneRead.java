package io.dinrail.connector.modbus.internal;

import io.dinrail.connector.api.ConnectorException;
import io.dinrail.connector.api.ConnectorException.Reason;
import io.dinrail.connector.api.Periods;
import io.dinrail.connector.api.Sample;
import io.dinrail.connector.modbus.internal.Block.Slot;
import io.dinrail.connector.modbus.internal.wire.Exchange;
import io.dinrail.connector.modbus.internal.wire.Outcome;
import io.dinrail.connector.modbus.internal.wire.Wire;
import io.dinrail.connector.modbus.internal.wire.WireException;
import io.dinrail.model.api.Quality;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One read of some points of one unit, from the first request to the last sample. What goes wrong on the way is asked again as long as there are attempts
 * left, and so is what is refused for its address for the first time; a unit of which nothing was heard at all takes its lane down, one that answered some of it only has those points bad that it didn't answer.
 * <p>
 * On a connection that is shared it ends when the others have waited long enough, and what is left is read later. So is what a unit was silent to for less
 * than the whole timeout: that says nothing.
 */
final class LaneRead {
    private final UnitTalk talk;
    private final int unit;
    private final Sample[] samples;
    private final Patience.Budget budget;
    private final boolean continued;
    private final Deque<Block> todo;
    private final Map<Integer, Block> asked = new HashMap<>();
    private final Splits splits = new Splits();
    private final Set<Block> doubted = new HashSet<>();
    private int attempts;
    private boolean heard;
    private boolean learning;

    /** @param continued whether it is what was left of a read in which the unit answered. */
    LaneRead(UnitTalk talk, int unit, List<Block> blocks, Sample[] samples, Patience.Budget budget, boolean continued) {
        this.talk = talk;
        this.unit = unit;
        this.samples = samples;
        this.budget = budget;
        this.continued = continued;
        this.todo = new ArrayDeque<>(blocks);
        this.attempts = budget.attempts();
    }

    /** @return whether the unit answered, in this read or in the one before that it goes on with. */
    boolean isHeard() {
        return heard || continued;
    }

    /** @throws ConnectorException if nothing was heard of the unit, something is left for later, or there is no connection. */
    void run() throws ConnectorException {
        while (!asked.isEmpty() || !todo.isEmpty() && !isOver()) {
            try {
                ask();
                if (!asked.isEmpty()) {
                    take(wire().await());
                }
            } catch (WireException e) {
                broken(e);
            }
        }
        if (!todo.isEmpty()) {
            throw later("others wait");
        }
        splits.learnt(talk.lessons());
    }

    private boolean isOver() {
        return mayStop() && budget.left() < talk.patience().usual(unit);
    }

    /** At least one answer comes each time, or there would be no end; and what is being learnt can't be interrupted. */
    private boolean mayStop() {
        return heard && !learning;
    }

    private void ask() throws WireException {
        while (!todo.isEmpty() && asked.size() < talk.window() && !isOver()) {
            Block block = todo.peekFirst();
            String refusal = talk.plan().leftAlone(block);
            if (refusal.isEmpty()) {
                Duration wait = mayStop() ? budget.rest() : budget.each();
                asked.put(wire().send(unit, block.request(), wait), block);
            } else {
                fill(block, Sample.bad(refusal));
            }
            todo.removeFirst();
        }
    }

    private void take(Outcome outcome) throws ConnectorException {
        Block block = asked.remove(outcome.exchange().transaction());
        if (block == null) {
            return;
        }
        if (outcome instanceof Outcome.Answered answered) {
            heard(answered);
            decode(block, answered.data());
        } else if (outcome instanceof Outcome.Refused refused) {
            heard(refused);
            refused(block, refused.code());
        } else {
            silent(block, outcome.exchange());
        }
    }

    private void heard(Outcome outcome) {
        heard = true;
        talk.patience().answered(unit, System.nanoTime() - outcome.exchange().sentAt());
    }

    private void decode(Block block, byte[] data) {
        talk.plan().answered(block);
        for (Slot slot : block.slots()) {
            samples[slot.index()] = sample(slot, data, block.start());
        }
    }

    private static Sample sample(Slot slot, byte[] data, int start) {
        try {
            return Sample.good(slot.point().decode(data, start));
        } catch (IllegalArgumentException e) {
            return Sample.bad(Quality.OUT_OF_RANGE);
        }
    }

    private void refused(Block block, int code) throws ConnectorException {
        String status = Refusals.status(code);
        talk.counting().refused(code);
        if (Refusals.isUnreachable(code)) {
            abandon();
            throw talk.failed(unit, "the gateway can't reach it: " + status);
        }
        if (!Refusals.isAboutAddresses(code)) {
            fill(block, Sample.bad(status));
        } else if (!talk.plan().isRefused(block) && doubted.add(block)) {
            learning = true;
            todo.addFirst(block); // what would be remembered has to be said twice
        } else if (block.slots().size() == 1) {
            talk.plan().refusedAlone(block.slots().get(0).point(), status);
            splits.innocent(block);
            fill(block, Sample.bad(status));
        } else {
            learning = true;
            splits.split(block).forEach(todo::addFirst);
        }
    }

    private void silent(Block block, Exchange exchange) throws ConnectorException {
        attempts--;
        todo.addFirst(block);
        if (attempts > 0) {
            return;
        }
        abandon();
        String limit = "no answer within " + Periods.format(budget.each());
        tryLater(block, exchange.deadline() - exchange.sentAt(), limit);
        if (!isHeard()) {
            throw talk.failed(unit, budget.attempts() == 1 ? limit : limit + ", asked " + budget.attempts() + " times");
        }
        giveUp();
    }

    /** @throws ConnectorException if the unit had less than the whole timeout, and it isn't known that it never answers for this block. */
    private void tryLater(Block block, long given, String why) throws ConnectorException {
        talk.patience().silent(unit);
        if (!talk.patience().isWhole(given) && !(isHeard() && talk.plan().isUnanswered(block))) {
            throw later(why);
        }
    }

    private ConnectorException later(String why) {
        String message = talk.target() + " unit " + unit + " is read later: " + why;
        return heard
                ? ConnectorException.later(
                        Arrays.stream(samples).map(Optional::ofNullable).toList(), message)
                : new ConnectorException(Reason.LATER, message);
    }

    private void broken(WireException e) throws ConnectorException {
        asked.values().forEach(todo::addFirst);
        asked.clear();
        attempts--;
        if (e.kind() == WireException.Kind.CONNECT) {
            throw new ConnectorException(Reason.LOST, talk.target() + " " + e.getMessage(), e);
        }
        if (attempts > 0) {
            return;
        }
        tryLater(todo.getFirst(), budget.each().toNanos(), String.valueOf(e.getMessage()));
        if (!isHeard()) {
            throw new ConnectorException(Reason.LANE, talk.target() + " " + e.getMessage(), e);
        }
        giveUp();
    }

    /** What is not answered by now isn't asked for again, for the others are waiting. */
    private void giveUp() {
        todo.forEach(block -> fill(block, Sample.bad(Quality.COMM_FAILURE)));
        if (!todo.isEmpty()) {
            talk.plan().unanswered(todo.getFirst());
        }
        todo.clear();
    }

    private void abandon() {
        asked.values().forEach(todo::addLast);
        asked.clear();
        wire().forget();
    }

    private void fill(Block block, Sample sample) {
        block.slots().forEach(slot -> samples[slot.index()] = sample);
    }

    private Wire wire() {
        return talk.wire();
    }
}
