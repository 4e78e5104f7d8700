package io.dinrail.connector.modbus.internal;

import io.dinrail.model.api.Quality;

/** The exception codes of Modbus: what they are called, and what follows from them. */
final class Refusals {
    static final int ILLEGAL_FUNCTION = 1;
    private static final int ILLEGAL_ADDRESS = 2;
    private static final int ILLEGAL_VALUE = 3;
    private static final int PATH_UNAVAILABLE = 10;
    private static final int TARGET_SILENT = 11;

    private Refusals() {}

    /** @return the name that stands in qualities and messages. */
    static String status(int code) {
        return switch (code) {
            case ILLEGAL_FUNCTION -> "illegal-function";
            case ILLEGAL_ADDRESS -> "illegal-data-address";
            case ILLEGAL_VALUE -> "illegal-data-value";
            case 4 -> Quality.DEVICE_FAILURE;
            case 5 -> "acknowledge";
            case 6 -> "device-busy";
            case 8 -> "memory-parity-error";
            case PATH_UNAVAILABLE -> "gateway-path-unavailable";
            case TARGET_SILENT -> "gateway-target-silent";
            default -> "modbus-exception-" + code;
        };
    }

    /** @return the device's code as counters and write results show it. */
    static String code(int code) {
        return "exception-%02d".formatted(code);
    }

    /** @return whether it is the addresses that are refused, so that others may be readable. */
    static boolean isAboutAddresses(int code) {
        return code == ILLEGAL_ADDRESS || code == ILLEGAL_VALUE;
    }

    /** @return whether a gateway says that it can't reach the unit. */
    static boolean isUnreachable(int code) {
        return code == PATH_UNAVAILABLE || code == TARGET_SILENT;
    }
}
