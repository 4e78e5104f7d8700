package io.dinrail.demo.filler.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ghgande.j2mod.modbus.ModbusSlaveException;
import com.ghgande.j2mod.modbus.facade.ModbusTCPMaster;
import com.ghgande.j2mod.modbus.procimg.InputRegister;
import com.ghgande.j2mod.modbus.procimg.Register;
import com.ghgande.j2mod.modbus.procimg.SimpleRegister;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Seen through j2mod, an independent client. */
class FillerServerTest {
    private final FillerProcess process = new FillerProcess();
    private FillerServer server;
    private ModbusTCPMaster client;

    @BeforeEach
    void start() throws Exception {
        server = FillerServer.listen(process, 0);
        client = new ModbusTCPMaster("127.0.0.1", server.port());
        client.connect();
    }

    @AfterEach
    void stop() {
        client.disconnect();
        server.close();
    }

    @Test
    void theRegistersShowTheProcess() throws Exception {
        ByteBuffer input = bytes(client.readInputRegisters(1, 0, 12));
        assertThat(input.getFloat(0)).isEqualTo(62);
        assertThat(input.getFloat(4)).isBetween(2f, 2.3f);
        assertThat(input.getShort(8)).isEqualTo((short) 1200);
        assertThat(input.getInt(20)).isZero();
        assertThat(bytes(client.readMultipleRegisters(1, 0, 2)).getFloat()).isEqualTo(85);
        assertThat(client.readCoils(1, 0, 1).getBit(0)).isTrue();
    }

    @Test
    void aSetpointIsWrittenAndLimitedByThePlc() throws Exception {
        write(40);
        assertThat(process.state().setpoint()).isEqualTo(40);
        write(121);
        assertThat(bytes(client.readMultipleRegisters(1, 0, 2)).getFloat()).isEqualTo(120);
    }

    @Test
    void theMotorIsSwitched() throws Exception {
        client.writeCoil(1, 0, false);
        assertThat(process.state().running()).isFalse();
        assertThat(client.readCoils(1, 0, 1).getBit(0)).isFalse();
    }

    @Test
    void whatIsNotThereIsRefused() {
        assertThatThrownBy(() -> client.readInputRegisters(1, 11, 2)).isInstanceOf(ModbusSlaveException.class);
        assertThatThrownBy(() -> client.readMultipleRegisters(1, 2, 1)).isInstanceOf(ModbusSlaveException.class);
        assertThatThrownBy(() -> client.readInputDiscretes(1, 0, 1)).isInstanceOf(ModbusSlaveException.class);
        assertThatThrownBy(() -> client.writeSingleRegister(1, 0, new SimpleRegister(1)))
                .isInstanceOf(ModbusSlaveException.class);
    }

    @Test
    void aPortInUseFailsAndIsFreeAgainAfterwards() throws Exception {
        assertThatThrownBy(() -> FillerServer.listen(process, server.port())).isInstanceOf(IOException.class);
        server.close();
        FillerServer.listen(process, server.port()).close();
        Awaitility.await()
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .noneMatch(thread -> thread.getName().startsWith("dinrail-demo-filler")));
    }

    @Test
    void thePropertyWinsOverTheConfigurationAndNonsenseIsNamed() {
        assertThat(Filler.port(null, 15020)).isEqualTo(15020);
        assertThat(Filler.port("0", 15020)).isZero();
        assertThatThrownBy(() -> Filler.port("70000", 15020)).hasMessageContaining("DINRAIL_DEMO_MODBUS_PORT");
    }

    private void write(float setpoint) throws Exception {
        int bits = Float.floatToIntBits(setpoint);
        client.writeMultipleRegisters(
                1, 0, new Register[] {new SimpleRegister(bits >>> 16), new SimpleRegister(bits & 0xFFFF)});
    }

    private static ByteBuffer bytes(InputRegister[] registers) {
        ByteBuffer bytes = ByteBuffer.allocate(registers.length * 2);
        for (InputRegister register : registers) {
            bytes.putShort(register.toShort());
        }
        return bytes.flip();
    }
}
