package io.dinrail.connector.modbus.internal;

import com.ghgande.j2mod.modbus.Modbus;
import com.ghgande.j2mod.modbus.ModbusException;
import com.ghgande.j2mod.modbus.procimg.SimpleDigitalIn;
import com.ghgande.j2mod.modbus.procimg.SimpleDigitalOut;
import com.ghgande.j2mod.modbus.procimg.SimpleInputRegister;
import com.ghgande.j2mod.modbus.procimg.SimpleProcessImage;
import com.ghgande.j2mod.modbus.procimg.SimpleRegister;
import com.ghgande.j2mod.modbus.slave.ModbusSlave;
import com.ghgande.j2mod.modbus.slave.ModbusSlaveFactory;
import com.ghgande.j2mod.modbus.util.SerialParameters;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** An independent Modbus server (j2mod) with as many addresses in each area of units 1 and 2 as it is made with. */
final class Plc implements AutoCloseable {
    static final int SIZE = 40;

    final SimpleProcessImage image;
    private final int port;
    private final ModbusSlave slave;

    Plc() throws IOException, ModbusException {
        this(SIZE, false);
    }

    Plc(int size, boolean rtuOverTcp) throws IOException, ModbusException {
        port = freePort();
        image = image(size);
        slave = ModbusSlaveFactory.createTCPSlave(InetAddress.getLoopbackAddress(), port, 4, rtuOverTcp);
        open(size);
    }

    Plc(int size, SerialParameters serial) throws ModbusException {
        port = 0;
        image = image(size);
        serial.setEncoding(Modbus.SERIAL_ENCODING_RTU);
        slave = ModbusSlaveFactory.createSerialSlave(serial);
        open(size);
    }

    int port() {
        return port;
    }

    void holding(int offset, String hex) {
        ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
        for (int i = offset; bytes.hasRemaining(); i++) {
            image.getRegister(i).setValue(bytes.getShort() & 0xFFFF);
        }
    }

    void input(int offset, String hex) {
        ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
        for (int i = offset; bytes.hasRemaining(); i++) {
            image.setInputRegister(i, new SimpleInputRegister(bytes.getShort() & 0xFFFF));
        }
    }

    String holding(int offset, int count) {
        StringBuilder hex = new StringBuilder();
        for (int i = offset; i < offset + count; i++) {
            hex.append("%04x".formatted(image.getRegister(i).getValue()));
        }
        return hex.toString();
    }

    /** Adds a holding register. */
    void grow() {
        image.addRegister(new SimpleRegister(SIZE));
    }

    @Override
    public void close() {
        ModbusSlaveFactory.close(slave);
    }

    private void open(int size) throws ModbusException {
        slave.addProcessImage(1, image);
        slave.addProcessImage(2, image(size));
        slave.open();
    }

    private static SimpleProcessImage image(int size) {
        SimpleProcessImage image = new SimpleProcessImage();
        for (int i = 0; i < size; i++) {
            image.addDigitalOut(new SimpleDigitalOut(i % 3 == 0));
            image.addDigitalIn(new SimpleDigitalIn(i % 2 == 0));
            image.addInputRegister(new SimpleInputRegister(1000 + i & 0xFFFF));
            image.addRegister(new SimpleRegister(i));
        }
        return image;
    }

    // j2mod can't say which port it was given for 0
    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
