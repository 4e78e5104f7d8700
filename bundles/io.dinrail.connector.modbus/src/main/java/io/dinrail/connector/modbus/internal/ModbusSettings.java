package io.dinrail.connector.modbus.internal;

import io.dinrail.connector.api.SettingException;
import io.dinrail.connector.api.Settings;
import io.dinrail.connector.modbus.internal.wire.Pace;
import java.time.Duration;

/**
 * One connector's cfg file, read.
 *
 * @param endpoint what to connect to.
 * @param unit the unit id of addresses that name none.
 * @param timeout of connecting, and of one request.
 * @param retries how often a read without an answer is asked again.
 * @param maxRegisters the most registers in one read.
 * @param maxGap the most registers read for nothing to join two tags in one read.
 * @param inFlight how many requests may be on their way at once.
 * @param pace the pauses that the device wants.
 * @param base the number of the first address of an area.
 */
record ModbusSettings(
        EndpointSettings endpoint,
        int unit,
        Duration timeout,
        int retries,
        int maxRegisters,
        int maxGap,
        int inFlight,
        Pace pace,
        int base) {
    private static final int MOST_REGISTERS = 125;
    private static final int MOST_IN_FLIGHT = 16;

    /** @throws SettingException if a setting is refused. */
    static ModbusSettings of(Settings settings) {
        Duration timeout = settings.period("timeout", Duration.ofSeconds(1));
        EndpointSettings endpoint = EndpointSettings.of(settings, timeout);
        return new ModbusSettings(
                endpoint,
                settings.whole("unit", 1, 0, 255),
                timeout,
                settings.whole("retries", 1, 0, 5),
                settings.whole("max.registers", MOST_REGISTERS, 1, MOST_REGISTERS),
                settings.whole("max.gap", 10, 0, MOST_REGISTERS),
                inFlight(settings, endpoint),
                new Pace(
                        settings.period("request.gap", Duration.ZERO),
                        settings.period("connect.delay", Duration.ZERO),
                        settings.period("idle.close", Duration.ZERO)),
                settings.whole("base", 0, 0, 1));
    }

    private static int inFlight(Settings settings, EndpointSettings endpoint) {
        int inFlight = settings.whole("max.in.flight", 1, 1, MOST_IN_FLIGHT);
        if (inFlight > 1 && !endpoint.transport().hasTransactions()) {
            throw new SettingException("max.in.flight", "an answer of RTU doesn't say whose it is: only 1 is possible");
        }
        return inFlight;
    }
}
