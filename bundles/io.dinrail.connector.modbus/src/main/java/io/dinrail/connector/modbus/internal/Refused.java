package io.dinrail.connector.modbus.internal;

import io.dinrail.model.api.Quality;

/** A unit answered with a Modbus exception. */
final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final int code;

    Refused(int code) {
        super(name(code));
        this.code = code;
    }

    /** @return the name that stands in qualities and messages. */
    String status() {
        return name(code);
    }

    /** @return whether it is the addresses that are refused, so that others may be readable. */
    boolean isAboutAddresses() {
        return code == 2 || code == 3;
    }

    /** @return whether a gateway says that it can't reach the unit. */
    boolean isUnreachable() {
        return code == 10 || code == 11;
    }

    private static String name(int code) {
        return switch (code) {
            case 1 -> "illegal-function";
            case 2 -> "illegal-data-address";
            case 3 -> "illegal-data-value";
            case 4 -> Quality.DEVICE_FAILURE;
            case 5 -> "acknowledge";
            case 6 -> "device-busy";
            case 8 -> "memory-parity-error";
            case 10 -> "gateway-path-unavailable";
            case 11 -> "gateway-target-silent";
            default -> "modbus-exception-" + code;
        };
    }
}
