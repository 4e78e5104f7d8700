package io.dinrail.connector.modbus.internal.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Modbus TCP: a header with transaction, protocol, length and unit. An answer is known by its transaction, so that a late one does no harm. */
final class MbapFraming implements Framing {
    private static final int BEFORE_LENGTH = 6;
    private static final int SHORTEST = 3;
    private static final int LONGEST = 254;
    private static final int MOST_LATE = 64;

    private final Counting counting;
    private final Set<Integer> late = new LinkedHashSet<>();

    MbapFraming(Counting counting) {
        this.counting = counting;
    }

    @Override
    public byte[] frame(Exchange exchange) {
        Request request = exchange.request();
        ByteBuffer frame = ByteBuffer.allocate(BEFORE_LENGTH + 1 + request.length())
                .putShort((short) exchange.transaction())
                .putShort((short) 0)
                .putShort((short) (request.length() + 1))
                .put((byte) exchange.unit());
        request.put(frame);
        return frame.array();
    }

    @Override
    public Optional<Outcome> receive(Inbox in, Pending pending, long deadline) throws Violation, IOException {
        while (in.holds(BEFORE_LENGTH, deadline)) {
            int length = length(in);
            Optional<Exchange> asked = pending.withTransaction(in.word(0));
            if (asked.isEmpty()) {
                dropLate(in, length, deadline);
            } else {
                return Optional.of(outcome(in, asked.get(), length, deadline));
            }
        }
        if (!in.isEmpty()) {
            throw truncated();
        }
        return Optional.empty();
    }

    @Override
    public void expired(Exchange exchange) {
        late.add(exchange.transaction());
        if (late.size() > MOST_LATE) {
            late.remove(late.iterator().next());
        }
    }

    @Override
    public void clear(Inbox in) throws Violation, IOException {
        while (in.hasBytes()) {
            // a peer that had begun a frame by now has sent it whole, or will within an instant
            long deadline = System.nanoTime() + 10_000_000;
            if (!in.holds(BEFORE_LENGTH, deadline)) {
                throw truncated();
            }
            dropLate(in, length(in), deadline);
        }
    }

    @Override
    public boolean isAmbiguous(int unit) {
        return false;
    }

    @Override
    public Optional<Request> unlikeLate(int unit) {
        return Optional.empty();
    }

    @Override
    public boolean canBeAmbiguous() {
        return false;
    }

    @Override
    public void settled(int unit) {
        // a transaction says whose answer it is
    }

    @Override
    public void reconnected() {
        late.clear();
    }

    private static int length(Inbox in) throws Violation {
        int length = in.word(4);
        if (in.word(2) != 0) {
            throw new Violation(Fault.PROTOCOL, "answered something that is not Modbus");
        }
        if (length < SHORTEST || length > LONGEST) {
            throw new Violation(Fault.LENGTH, "answered something that is not Modbus: a frame of length " + length);
        }
        return length;
    }

    private void dropLate(Inbox in, int length, long deadline) throws Violation, IOException {
        if (!late.remove(in.word(0))) {
            throw new Violation(Fault.TRANSACTION, "answered a request that was never made");
        }
        if (!in.holds(BEFORE_LENGTH + length, deadline)) {
            throw truncated();
        }
        in.drop(BEFORE_LENGTH + length);
        counting.late();
    }

    private static Outcome outcome(Inbox in, Exchange asked, int length, long deadline) throws Violation, IOException {
        if (length > Math.max(asked.request().answerLength() + 1, SHORTEST)) {
            throw new Violation(
                    Fault.LENGTH,
                    "announced an answer of " + (length - 1) + " bytes where "
                            + asked.request().answerLength() + " were asked for");
        }
        if (!in.holds(BEFORE_LENGTH + length, deadline)) {
            throw truncated();
        }
        int unit = in.octet(BEFORE_LENGTH);
        byte[] pdu = in.copy(BEFORE_LENGTH + 1, BEFORE_LENGTH + length);
        in.drop(BEFORE_LENGTH + length);
        if (unit != asked.unit()) {
            throw new Violation(Fault.UNIT, "was asked, and unit " + unit + " answered");
        }
        if ((pdu[0] & 0xFF) == (asked.request().function() | Request.REFUSAL) && pdu.length == 2) {
            return new Outcome.Refused(asked, pdu[1] & 0xFF);
        }
        return new Outcome.Answered(asked, asked.request().check(pdu));
    }

    private static Violation truncated() {
        return new Violation(Fault.TRUNCATED, "began an answer and didn't end it");
    }
}
