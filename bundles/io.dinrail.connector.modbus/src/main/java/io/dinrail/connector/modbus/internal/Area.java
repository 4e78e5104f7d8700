package io.dinrail.connector.modbus.internal;

import java.util.Locale;

/** The four address spaces of a Modbus unit, with the function that reads each. */
enum Area {
    COIL(1, true, true),
    DISCRETE(2, true, false),
    HOLDING(3, false, true),
    INPUT(4, false, false);

    private final int readFunction;
    private final boolean bits;
    private final boolean writable;

    Area(int readFunction, boolean bits, boolean writable) {
        this.readFunction = readFunction;
        this.bits = bits;
        this.writable = writable;
    }

    int readFunction() {
        return readFunction;
    }

    /** @return whether an address holds one bit rather than a register of 16. */
    boolean bits() {
        return bits;
    }

    boolean writable() {
        return writable;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
