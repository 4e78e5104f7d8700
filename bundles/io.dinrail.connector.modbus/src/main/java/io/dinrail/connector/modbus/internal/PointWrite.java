package io.dinrail.connector.modbus.internal;

import io.dinrail.connector.api.ConnectorException;
import io.dinrail.connector.api.ConnectorException.Reason;
import io.dinrail.connector.api.Periods;
import io.dinrail.connector.modbus.internal.wire.Outcome;
import io.dinrail.connector.modbus.internal.wire.Request;
import io.dinrail.connector.modbus.internal.wire.WireException;
import io.dinrail.model.api.TagValue;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * One write. Each request is sent once, for whether a silent device obeyed isn't known. Only where a device says that it doesn't know a function, and so
 * did nothing, it is asked once more; then the next function that does the same is tried, and that is remembered.
 */
final class PointWrite {
    private static final int COIL = 5;
    private static final int REGISTER = 6;
    private static final int COILS = 15;
    private static final int REGISTERS = 16;
    private static final int MASK = 22;
    private static final int WRITE_AND_READ = 23;
    private static final int READ_HOLDING = 3;
    private static final int TIMES_SAID = 2;

    /** One way to do it. */
    private record Way(int function, Supplier<List<Request>> requests) {}

    /** A refusal that leaves another way open. */
    private static final class UnknownFunction extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private final UnitTalk talk;
    private final ModbusPoint point;
    private final int unit;
    private final Duration timeout;

    PointWrite(UnitTalk talk, ModbusPoint point, Duration timeout) {
        this.talk = talk;
        this.point = point;
        this.unit = point.address().unit();
        this.timeout = timeout;
    }

    void run(TagValue value) throws ConnectorException {
        try {
            int offset = point.address().offset();
            if (point.address().area().bits()) {
                boolean on = DataType.state(value);
                firstKnown(
                        new Way(COILS, () -> List.of(Request.writeCoils(offset, on))),
                        new Way(COIL, () -> List.of(Request.writeCoil(offset, on))));
            } else if (point.isPart()) {
                part(offset, ByteBuffer.wrap(point.encode(value)).getShort() & 0xFFFF);
            } else {
                registers(offset, point.encode(value));
            }
        } catch (IllegalArgumentException e) {
            throw new ConnectorException(Reason.REFUSED, "'" + point + "' takes no such value: " + e.getMessage(), e);
        }
    }

    /** With a mask if the device can; otherwise the register is read and written back, and nobody else uses this connection meanwhile. */
    private void part(int offset, int bits) throws ConnectorException {
        if (done(new Way(MASK, () -> List.of(Request.mask(offset, ~point.mask(), bits))))) {
            return;
        }
        byte[] register = read(offset);
        int before = ByteBuffer.wrap(register).getShort() & 0xFFFF;
        int after = before & ~point.mask() | bits;
        registers(offset, new byte[] {(byte) (after >> 8), (byte) after});
    }

    private void registers(int offset, byte[] registers) throws ConnectorException {
        firstKnown(
                new Way(REGISTERS, () -> List.of(Request.writeRegisters(offset, registers))),
                new Way(REGISTER, () -> singly(offset, registers)),
                new Way(WRITE_AND_READ, () -> List.of(Request.writeAndRead(offset, registers))));
    }

    private static List<Request> singly(int offset, byte[] registers) {
        return java.util.stream.IntStream.range(0, registers.length / 2)
                .mapToObj(i -> Request.writeRegister(
                        offset + i, ByteBuffer.wrap(registers).getShort(i * 2) & 0xFFFF))
                .toList();
    }

    private void firstKnown(Way... ways) throws ConnectorException {
        for (Way way : ways) {
            if (done(way)) {
                return;
            }
        }
        for (Way way : ways) { // a device that knows none of them may only have had a bad day
            talk.lessons().forgetUnknown(unit, way.function);
        }
        throw refused(Refusals.ILLEGAL_FUNCTION);
    }

    /** @return whether it was done; that the unit doesn't know how has to be said twice, since it is remembered. */
    private boolean done(Way way) throws ConnectorException {
        if (!talk.lessons().knows(unit, way.function)) {
            return false;
        }
        for (int asked = 0; asked < TIMES_SAID; asked++) {
            try {
                all(way.requests.get());
                return true;
            } catch (UnknownFunction e) {
                // it did nothing
            }
        }
        talk.lessons().learnUnknown(unit, way.function);
        return false;
    }

    private void all(List<Request> requests) throws ConnectorException, UnknownFunction {
        for (int i = 0; i < requests.size(); i++) {
            try {
                ask(requests.get(i));
            } catch (ConnectorException e) {
                if (i == 0 || e.reason() != Reason.REFUSED) {
                    throw e;
                }
                throw talk.failed(
                        unit,
                        "took " + i + " of the " + requests.size() + " registers of '" + point
                                + "' and refused the next: " + e.code());
            }
        }
    }

    private byte[] read(int offset) throws ConnectorException {
        try {
            return ask(Request.read(READ_HOLDING, offset, 1));
        } catch (UnknownFunction e) {
            throw refused(Refusals.ILLEGAL_FUNCTION);
        }
    }

    private byte[] ask(Request request) throws ConnectorException, UnknownFunction {
        Outcome outcome = exchange(request);
        if (outcome instanceof Outcome.Answered answered) {
            return answered.data();
        }
        if (outcome instanceof Outcome.Refused refusal) {
            talk.counting().refused(refusal.code());
            if (refusal.code() == Refusals.ILLEGAL_FUNCTION) {
                throw new UnknownFunction();
            }
            throw refused(refusal.code());
        }
        throw talk.failed(unit, "no answer within " + Periods.format(timeout));
    }

    private Outcome exchange(Request request) throws ConnectorException {
        try {
            talk.wire().send(unit, request, timeout);
            return talk.wire().await();
        } catch (WireException e) {
            Reason reason = e.kind() == WireException.Kind.CONNECT ? Reason.LOST : Reason.LANE;
            throw new ConnectorException(reason, talk.target() + " " + e.getMessage(), e);
        }
    }

    private ConnectorException refused(int code) {
        return ConnectorException.refused(
                Refusals.code(code),
                talk.target() + " unit " + unit + ": refuses to write '" + point + "': " + Refusals.status(code) + " ("
                        + Refusals.code(code) + ")");
    }
}
