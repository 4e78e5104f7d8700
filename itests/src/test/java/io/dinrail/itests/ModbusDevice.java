package io.dinrail.itests;

import com.ghgande.j2mod.modbus.ModbusException;
import com.ghgande.j2mod.modbus.procimg.InputRegister;
import com.ghgande.j2mod.modbus.procimg.Register;
import com.ghgande.j2mod.modbus.procimg.SimpleDigitalOut;
import com.ghgande.j2mod.modbus.procimg.SimpleInputRegister;
import com.ghgande.j2mod.modbus.procimg.SimpleProcessImage;
import com.ghgande.j2mod.modbus.procimg.SimpleRegister;
import com.ghgande.j2mod.modbus.slave.ModbusSlave;
import com.ghgande.j2mod.modbus.slave.ModbusSlaveFactory;
import java.net.InetAddress;

/** A Modbus TCP device of another hand: eight input registers, eight holding registers and eight coils, unit 1. */
final class ModbusDevice implements AutoCloseable {
    private final SimpleProcessImage image = new SimpleProcessImage(1);
    private final ModbusSlave slave;
    private final int port;

    ModbusDevice(int port) throws ModbusException {
        this.port = port;
        for (int i = 0; i < 8; i++) {
            image.addInputRegister(new SimpleInputRegister(0));
            image.addRegister(new SimpleRegister(0));
            image.addDigitalOut(new SimpleDigitalOut(false));
        }
        slave = ModbusSlaveFactory.createTCPSlave(InetAddress.getLoopbackAddress(), port, 4, false);
        slave.addProcessImage(1, image);
        slave.open();
    }

    int port() {
        return port;
    }

    void input(int offset, float value) {
        int bits = Float.floatToIntBits(value);
        image.setInputRegister(offset, new SimpleInputRegister(bits >>> 16));
        image.setInputRegister(offset + 1, new SimpleInputRegister(bits & 0xffff));
    }

    float holding(int offset) {
        Register high = image.getRegister(offset);
        InputRegister low = image.getRegister(offset + 1);
        return Float.intBitsToFloat(high.toUnsignedShort() << 16 | low.toUnsignedShort());
    }

    @Override
    public void close() {
        ModbusSlaveFactory.close(slave);
    }
}
