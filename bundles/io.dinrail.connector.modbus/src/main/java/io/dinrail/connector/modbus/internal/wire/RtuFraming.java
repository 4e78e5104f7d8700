package io.dinrail.connector.modbus.internal.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Modbus RTU: unit, function, data, checksum, and nothing that says which request an answer belongs to or how long it is. So exactly one request is in
 * flight, its answer's length is known beforehand, and after a silence the wire first makes sure that nothing late is taken for the next answer.
 */
final class RtuFraming implements Framing {
    private static final int AROUND_PDU = 3;
    private static final int BEFORE_DATA = 3;
    private static final int REFUSAL_LENGTH = 5;
    private static final int MOST_LATE = 16;
    /** A frame that had begun by now is whole by then, or else comes over a line that is heard until it is quiet. */
    private static final long INSTANT_NANOS = 10_000_000;

    private final Counting counting;
    private final Deque<Exchange> late = new ArrayDeque<>();

    RtuFraming(Counting counting) {
        this.counting = counting;
    }

    @Override
    public byte[] frame(Exchange exchange) {
        Request request = exchange.request();
        ByteBuffer frame = ByteBuffer.allocate(request.length() + AROUND_PDU).put((byte) exchange.unit());
        request.put(frame);
        int crc = Crc16.of(frame.array(), frame.position());
        return frame.put((byte) crc).put((byte) (crc >>> 8)).array();
    }

    @Override
    public Optional<Outcome> receive(Inbox in, Pending pending, long deadline) throws Violation, IOException {
        Exchange asked = pending.oldest().orElseThrow();
        while (in.holds(2, deadline)) {
            Optional<Exchange> earlier = earlier(in, asked, deadline);
            if (earlier.isEmpty()) {
                return Optional.of(outcome(in, asked, deadline));
            }
            skip(in, earlier.get(), deadline);
        }
        if (!in.isEmpty()) {
            throw truncated();
        }
        return Optional.empty();
    }

    /** @return what is answered, if it isn't what is asked now. */
    private Optional<Exchange> earlier(Inbox in, Exchange asked, long deadline) throws Violation, IOException {
        if (in.octet(0) != asked.unit() || function(in) != asked.request().function()) {
            return Optional.of(late(in.octet(0), function(in)).orElseThrow(() -> foreign(in, asked)));
        }
        return isEarlierEcho(in, asked, deadline)
                ? late(asked.unit(), asked.request().function())
                : ofAnotherLength(in, asked, deadline);
    }

    @Override
    public void expired(Exchange exchange) {
        late.addLast(exchange);
        if (late.size() > MOST_LATE) {
            late.removeFirst();
        }
    }

    /** Only what was asked for may be late: who sends anything else may send more of it, and then it would be taken for the next answer. */
    @Override
    public void clear(Inbox in) throws Violation, IOException {
        while (in.hasBytes()) {
            long deadline = System.nanoTime() + INSTANT_NANOS;
            if (!in.holds(2, deadline)) {
                throw unasked();
            }
            Exchange earlier = lateOfThisLength(in, deadline).orElseThrow(RtuFraming::unasked);
            if (!in.holds(length(in, earlier), deadline)) {
                throw unasked();
            }
            skip(in, earlier, deadline);
        }
    }

    private Optional<Exchange> lateOfThisLength(Inbox in, long deadline) throws IOException {
        boolean counted = !isRefusal(in.octet(1)) && in.holds(BEFORE_DATA, deadline);
        int bytes = counted ? in.octet(BEFORE_DATA - 1) : 0;
        return late.stream()
                .filter(exchange ->
                        exchange.unit() == in.octet(0) && exchange.request().function() == function(in))
                .filter(exchange -> !counted
                        || !exchange.request().isRead()
                        || exchange.request().announces(bytes))
                .findFirst();
    }

    @Override
    public boolean isAmbiguous(int unit) {
        return late.stream().anyMatch(exchange -> exchange.unit() == unit && !isEcho(exchange));
    }

    /** Echoes stay: which of several a device refused isn't known, so another refusal may follow. */
    @Override
    public void settled(int unit) {
        late.removeIf(exchange -> exchange.unit() == unit && !isEcho(exchange));
    }

    @Override
    public boolean canBeAmbiguous() {
        return true;
    }

    private static boolean isEcho(Exchange exchange) {
        return exchange.request().isEcho();
    }

    /** An echo carries a word of its own, so that an earlier one is told apart. */
    private boolean isEarlierEcho(Inbox in, Exchange asked, long deadline) throws IOException {
        int length = length(in, asked);
        return isEcho(asked)
                && !isRefusal(in.octet(1))
                && late(asked.unit(), asked.request().function()).isPresent()
                && in.holds(length, deadline)
                && !asked.request().isRepeatedBy(in.copy(1, length - 2));
    }

    /** What was asked for late and is answered now, if the number of bytes says that it isn't this. */
    private Optional<Exchange> ofAnotherLength(Inbox in, Exchange asked, long deadline) throws IOException {
        if (isRefusal(in.octet(1)) || !asked.request().isRead() || !in.holds(BEFORE_DATA, deadline)) {
            return Optional.empty();
        }
        int bytes = in.octet(BEFORE_DATA - 1);
        return asked.request().announces(bytes)
                ? Optional.empty()
                : lateReads(in.octet(0), function(in))
                        .filter(exchange -> exchange.request().announces(bytes))
                        .findFirst();
    }

    private Stream<Exchange> lateReads(int unit, int function) {
        return late.stream()
                .filter(exchange -> exchange.unit() == unit
                        && exchange.request().isRead()
                        && exchange.request().function() == function);
    }

    @Override
    public Optional<Request> unlikeLate(int unit) {
        return late.stream()
                .filter(exchange -> exchange.unit() == unit)
                .flatMap(exchange -> exchange.request().ofOtherLengths())
                .filter(other -> lateReads(unit, other.function())
                        .noneMatch(exchange -> exchange.request().answerLength() == other.answerLength()))
                .findFirst();
    }

    @Override
    public void reconnected() {
        // a serial line and what stands behind a gateway don't notice that we closed and opened
    }

    private static int function(Inbox in) {
        return in.octet(1) & ~Request.REFUSAL;
    }

    private Optional<Exchange> late(int unit, int function) {
        return late.stream()
                .filter(exchange ->
                        exchange.unit() == unit && exchange.request().function() == function)
                .findFirst();
    }

    private void skip(Inbox in, Exchange earlier, long deadline) throws Violation, IOException {
        int length = length(in, earlier);
        if (!in.holds(length, deadline)) {
            throw truncated();
        }
        checkCrc(in, length);
        in.drop(length);
        late.remove(earlier);
        counting.late();
    }

    private static Outcome outcome(Inbox in, Exchange asked, long deadline) throws Violation, IOException {
        int length = length(in, asked);
        if (length > REFUSAL_LENGTH && in.holds(3, deadline) && !asked.request().announces(in.octet(2))) {
            throw asked.request().miscounted(in.octet(2));
        }
        if (!in.holds(length, deadline)) {
            throw truncated();
        }
        checkCrc(in, length);
        byte[] pdu = in.copy(1, length - 2);
        in.drop(length);
        if (isRefusal(pdu[0])) {
            return new Outcome.Refused(asked, pdu[1] & 0xFF);
        }
        return new Outcome.Answered(asked, asked.request().check(pdu));
    }

    private static boolean isRefusal(int function) {
        return (function & Request.REFUSAL) != 0;
    }

    private static int length(Inbox in, Exchange asked) {
        return isRefusal(in.octet(1)) ? REFUSAL_LENGTH : asked.request().answerLength() + AROUND_PDU;
    }

    private static void checkCrc(Inbox in, int length) throws Violation {
        int sent = in.octet(length - 1) << 8 | in.octet(length - 2);
        if (Crc16.of(in.copy(0, length), length - 2) != sent) {
            throw new Violation(Fault.CRC, "answered with a wrong checksum");
        }
    }

    private static Violation foreign(Inbox in, Exchange asked) {
        if (in.octet(0) != asked.unit()) {
            return new Violation(Fault.UNIT, "was asked, and unit " + in.octet(0) + " answered");
        }
        return new Violation(
                Fault.FUNCTION,
                "answered function " + in.octet(1) + " where " + asked.request().function() + " was asked for");
    }

    private static Violation unasked() {
        return new Violation(Fault.UNASKED, "sent something that nobody had asked for");
    }

    private static Violation truncated() {
        return new Violation(Fault.TRUNCATED, "began an answer and didn't end it");
    }
}
