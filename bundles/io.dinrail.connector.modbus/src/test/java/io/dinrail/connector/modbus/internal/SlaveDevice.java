package io.dinrail.connector.modbus.internal;

import io.dinrail.testkit.ContractDevice;
import io.dinrail.testkit.modbus.MisbehavingSlave;
import io.dinrail.testkit.modbus.Misbehaviour;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** The slave that misbehaves, as the device of the contract. */
final class SlaveDevice implements ContractDevice {
    private final MisbehavingSlave slave = MisbehavingSlave.tcp();

    SlaveDevice() throws IOException {}

    @Override
    public Map<String, String> settings() {
        return Map.of("host", "127.0.0.1", "port", String.valueOf(slave.port()), "timeout", "500ms");
    }

    @Override
    public Map<String, String> readable() {
        return Map.of("address", "input:5", "type", "int32");
    }

    @Override
    public Map<String, String> writable() {
        return Map.of("address", "holding:7", "type", "int16");
    }

    @Override
    public Map<String, String> impossible() {
        return Map.of("address", "holding:70000", "type", "int16");
    }

    @Override
    public void set(int value) {
        slave.unit(1).input(5, "%08x".formatted(value));
    }

    @Override
    public int written() {
        return Integer.parseInt(slave.unit(1).holding(7, 1), 16);
    }

    @Override
    public void cut() {
        try {
            slave.leave();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void freeze() {
        slave.behaves(request -> Misbehaviour.SILENT);
    }

    @Override
    public void mend() {
        slave.behaves(request -> Misbehaviour.NONE);
        try {
            slave.comeBack();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int connections() {
        return slave.openConnections();
    }

    @Override
    public void close() {
        cut();
    }
}
