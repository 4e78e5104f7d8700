package io.dinrail.connector.modbus.internal;

import io.dinrail.connector.api.SettingException;
import io.dinrail.connector.api.Settings;
import java.time.Duration;

/**
 * One connector's cfg file, read.
 *
 * @param host name or address of the device or gateway.
 * @param port its TCP port.
 * @param unit the unit id of addresses that name none.
 * @param timeout of connecting, and of one request.
 * @param retries how often a read without an answer is asked again.
 * @param maxRegisters the most registers in one read.
 * @param maxGap the most registers read for nothing to join two tags in one read.
 * @param requestGap the pause a device wants between an answer and the next request.
 * @param connectDelay the pause a device wants between connecting and the first request.
 * @param base the number of the first address of an area.
 */
record ModbusSettings(
        String host,
        int port,
        int unit,
        Duration timeout,
        int retries,
        int maxRegisters,
        int maxGap,
        Duration requestGap,
        Duration connectDelay,
        int base) {
    private static final int MOST_REGISTERS = 125;

    /** @throws SettingException if a setting is refused. */
    static ModbusSettings of(Settings settings) {
        String transport = settings.text("transport").orElse("tcp");
        if (!transport.equals("tcp")) {
            throw new SettingException("transport", "'" + transport + "' is not supported yet; there is tcp");
        }
        return new ModbusSettings(
                settings.required("host"),
                settings.whole("port", 502, 1, 65_535),
                settings.whole("unit", 1, 0, 255),
                settings.period("timeout", Duration.ofSeconds(1)),
                settings.whole("retries", 1, 0, 5),
                settings.whole("max.registers", MOST_REGISTERS, 1, MOST_REGISTERS),
                settings.whole("max.gap", 10, 0, MOST_REGISTERS),
                settings.period("request.gap", Duration.ZERO),
                settings.period("connect.delay", Duration.ZERO),
                settings.whole("base", 0, 0, 1));
    }

    /** @return host and port for messages. */
    String target() {
        return host + ":" + port;
    }
}
