package io.dinrail.connector.modbus.internal.wire;

import com.fazecast.jSerialComm.SerialPort;

/**
 * How a serial port is set.
 *
 * @param port its device file or name.
 * @param baud bits a second.
 * @param dataBits 7 or 8; RTU has 8.
 * @param parity of a character.
 * @param stopBits 1 or 2.
 */
public record SerialSettings(String port, int baud, int dataBits, Parity parity, int stopBits) {
    /** Above this speed the specification fixes the silence between two frames. */
    private static final int FAST = 19_200;

    private static final long FAST_SILENCE_NANOS = 1_750_000;
    private static final double SILENT_CHARACTERS = 3.5;

    /** Parity of a character. */
    public enum Parity {
        NONE,
        EVEN,
        ODD;

        int constant() {
            return switch (this) {
                case NONE -> SerialPort.NO_PARITY;
                case EVEN -> SerialPort.EVEN_PARITY;
                case ODD -> SerialPort.ODD_PARITY;
            };
        }
    }

    /** @return the silence that ends a frame, three and a half characters. */
    long silenceNanos() {
        if (baud > FAST) {
            return FAST_SILENCE_NANOS;
        }
        int bits = 1 + dataBits + (parity == Parity.NONE ? 0 : 1) + stopBits;
        return (long) (SILENT_CHARACTERS * bits * 1_000_000_000L / baud);
    }
}
