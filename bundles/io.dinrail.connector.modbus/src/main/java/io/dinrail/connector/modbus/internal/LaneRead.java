package io.dinrail.connector.modbus.internal;

import io.dinrail.connector.api.ConnectorException;
import io.dinrail.connector.api.ConnectorException.Reason;
import io.dinrail.connector.api.Periods;
import io.dinrail.connector.api.Sample;
import io.dinrail.connector.modbus.internal.Block.Slot;
import io.dinrail.connector.modbus.internal.wire.Outcome;
import io.dinrail.connector.modbus.internal.wire.Wire;
import io.dinrail.connector.modbus.internal.wire.WireException;
import io.dinrail.model.api.Quality;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One read of some points of one unit, from the first request to the last sample. What goes wrong on the way is asked again as long as there are attempts
 * left, and so is what is refused for its address for the first time; a unit of which nothing was heard at all takes its lane down, one that answered some of it only has those points bad that it didn't answer.
 */
final class LaneRead {
    private final UnitTalk talk;
    private final int unit;
    private final Sample[] samples;
    private final Patience.Budget budget;
    private final Deque<Block> todo;
    private final Map<Integer, Block> asked = new HashMap<>();
    private final Splits splits = new Splits();
    private final Set<Block> doubted = new HashSet<>();
    private int attempts;
    private boolean heard;

    LaneRead(UnitTalk talk, int unit, List<Block> blocks, Sample[] samples, Patience.Budget budget) {
        this.talk = talk;
        this.unit = unit;
        this.samples = samples;
        this.budget = budget;
        this.todo = new ArrayDeque<>(blocks);
        this.attempts = budget.attempts();
    }

    /** @throws ConnectorException if nothing was heard of the unit, or there is no connection. */
    void run() throws ConnectorException {
        while (!todo.isEmpty() || !asked.isEmpty()) {
            try {
                ask();
                if (!asked.isEmpty()) {
                    take(wire().await());
                }
            } catch (WireException e) {
                broken(e);
            }
        }
        splits.learnt(talk.lessons());
    }

    private void ask() throws WireException {
        while (!todo.isEmpty() && asked.size() < talk.window()) {
            Block block = todo.peekFirst();
            String refusal = talk.plan().leftAlone(block);
            if (refusal.isEmpty()) {
                asked.put(wire().send(unit, block.request(), budget.each()), block);
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
            silent(block);
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
            todo.addFirst(block); // what would be remembered has to be said twice
        } else if (block.slots().size() == 1) {
            talk.plan().refusedAlone(block.slots().get(0).point(), status);
            splits.innocent(block);
            fill(block, Sample.bad(status));
        } else {
            splits.split(block).forEach(todo::addFirst);
        }
    }

    private void silent(Block block) throws ConnectorException {
        attempts--;
        todo.addFirst(block);
        if (attempts > 0) {
            return;
        }
        talk.patience().silent(unit);
        abandon();
        if (!heard) {
            String limit = "no answer within " + Periods.format(budget.each());
            throw talk.failed(unit, budget.attempts() == 1 ? limit : limit + ", asked " + budget.attempts() + " times");
        }
        giveUp();
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
        if (!heard) {
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
