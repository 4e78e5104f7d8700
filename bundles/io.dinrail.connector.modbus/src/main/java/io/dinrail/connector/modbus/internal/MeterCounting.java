package io.dinrail.connector.modbus.internal;

import io.dinrail.connector.api.Meter;
import io.dinrail.connector.modbus.internal.wire.Counting;
import io.dinrail.connector.modbus.internal.wire.Fault;

/** Passes what happens on the wire on to the host's meter. */
final class MeterCounting implements Counting {
    private final Meter meter;

    MeterCounting(Meter meter) {
        this.meter = meter;
    }

    @Override
    public void sent(int bytes) {
        meter.requested(bytes);
    }

    @Override
    public void answered(int bytes, long nanos) {
        meter.answered(bytes, nanos);
    }

    @Override
    public void silent() {
        meter.timedOut();
    }

    @Override
    public void late() {
        meter.invalid("late");
    }

    @Override
    public void violated(Fault fault) {
        meter.invalid(fault.toString());
    }

    void refused(int code) {
        meter.refused(Refusals.code(code));
    }
}
