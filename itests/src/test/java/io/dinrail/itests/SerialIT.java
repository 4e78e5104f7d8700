package io.dinrail.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ghgande.j2mod.modbus.Modbus;
import com.ghgande.j2mod.modbus.procimg.SimpleProcessImage;
import com.ghgande.j2mod.modbus.procimg.SimpleRegister;
import com.ghgande.j2mod.modbus.slave.ModbusSlave;
import com.ghgande.j2mod.modbus.slave.ModbusSlaveFactory;
import com.ghgande.j2mod.modbus.util.SerialParameters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device on a serial line, as the distribution sees it: the native part of the serial library is loaded there, and stays over an update. */
class SerialIT {
    @TempDir
    Path folder;

    @Test
    void aDeviceOnASerialLineIsReadAndWrittenAlsoAfterTheConnectorIsUpdated() throws Exception {
        Path near = folder.resolve("near");
        Path far = folder.resolve("far");
        Process cable = new ProcessBuilder("socat", "pty,raw,echo=0,link=" + near, "pty,raw,echo=0,link=" + far)
                .inheritIO()
                .start();
        await().until(() -> Files.exists(near) && Files.exists(far));
        SimpleProcessImage image = new SimpleProcessImage(1);
        for (int i = 0; i < 10; i++) {
            image.addRegister(new SimpleRegister(100 + i));
        }
        ModbusSlave slave = ModbusSlaveFactory.createSerialSlave(parameters(far.toRealPath()));
        slave.addProcessImage(1, image);
        slave.open();
        try (Platform platform = ExamPlatform.with("dinrail").start()) {
            Plant plant = new Plant(platform);
            plant.tags("line", "device,tag,address,type,access,poll\npress-1,level,holding:7,uint16,rw,200ms\n");
            plant.connector("modbus", "line", """
                    transport = rtu
                    serial.port = %s
                    serial.parity = none
                    """.formatted(near.toRealPath()));
            plant.awaitState("line", "RUNNING");
            assertThat(platform.ask("dinrail:tag-list --device press-1 --json")).contains("107");
            assertThat(platform.ask("dinrail:tag-write press-1 level 55")).contains("applied");
            assertThat(image.getRegister(7).getValue()).isEqualTo(55);

            platform.ask("bundle:update io.dinrail.connector.modbus");
            plant.awaitState("line", "RUNNING");
            assertThat(platform.ask("dinrail:tag-write press-1 level 56")).contains("applied");
        } finally {
            ModbusSlaveFactory.close(slave);
            cable.destroy();
            cable.waitFor(5, TimeUnit.SECONDS);
        }
    }

    private static SerialParameters parameters(Path port) {
        SerialParameters parameters = new SerialParameters();
        parameters.setPortName(port.toString());
        parameters.setBaudRate(19_200);
        parameters.setEncoding(Modbus.SERIAL_ENCODING_RTU);
        return parameters;
    }
}
