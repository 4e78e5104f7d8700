package io.dinrail.demo.filler.internal;

import com.digitalpetri.modbus.ExceptionCode;
import com.digitalpetri.modbus.FunctionCode;
import com.digitalpetri.modbus.exceptions.ModbusResponseException;
import com.digitalpetri.modbus.pdu.ReadCoilsRequest;
import com.digitalpetri.modbus.pdu.ReadCoilsResponse;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersRequest;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersResponse;
import com.digitalpetri.modbus.pdu.ReadInputRegistersRequest;
import com.digitalpetri.modbus.pdu.ReadInputRegistersResponse;
import com.digitalpetri.modbus.pdu.WriteMultipleRegistersRequest;
import com.digitalpetri.modbus.pdu.WriteMultipleRegistersResponse;
import com.digitalpetri.modbus.pdu.WriteSingleCoilRequest;
import com.digitalpetri.modbus.pdu.WriteSingleCoilResponse;
import com.digitalpetri.modbus.server.ModbusRequestContext;
import com.digitalpetri.modbus.server.ModbusServices;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The filler's register map, most significant word first: input 0 temperature (float32), 2 pressure (float32), 4 speed (uint16), 10 bottles (uint32),
 * holding 0 setpoint (float32), coil 0 motor. Any unit id is answered.
 */
final class FillerRegisters implements ModbusServices {
    private static final int INPUT_REGISTERS = 12;
    private static final int HOLDING_REGISTERS = 2;
    private static final int COIL_ON = 0xFF00;

    private final FillerProcess process;

    FillerRegisters(FillerProcess process) {
        this.process = process;
    }

    @Override
    public ReadInputRegistersResponse readInputRegisters(
            ModbusRequestContext context, int unit, ReadInputRegistersRequest request) throws ModbusResponseException {
        FillerProcess.State state = process.state();
        byte[] all = ByteBuffer.allocate(INPUT_REGISTERS * 2)
                .putFloat(0, state.temperature())
                .putFloat(4, state.pressure())
                .putShort(8, (short) state.speed())
                .putInt(20, (int) state.bottles())
                .array();
        return new ReadInputRegistersResponse(
                slice(all, FunctionCode.READ_INPUT_REGISTERS, request.address(), request.quantity()));
    }

    @Override
    public ReadHoldingRegistersResponse readHoldingRegisters(
            ModbusRequestContext context, int unit, ReadHoldingRegistersRequest request)
            throws ModbusResponseException {
        return new ReadHoldingRegistersResponse(
                slice(setpoint(), FunctionCode.READ_HOLDING_REGISTERS, request.address(), request.quantity()));
    }

    @Override
    public WriteMultipleRegistersResponse writeMultipleRegisters(
            ModbusRequestContext context, int unit, WriteMultipleRegistersRequest request)
            throws ModbusResponseException {
        // half a float would be a wild setpoint
        check(request.address() == 0 && request.quantity() == HOLDING_REGISTERS, FunctionCode.WRITE_MULTIPLE_REGISTERS);
        process.setpoint(ByteBuffer.wrap(request.values()).getFloat());
        return new WriteMultipleRegistersResponse(request.address(), request.quantity());
    }

    @Override
    public ReadCoilsResponse readCoils(ModbusRequestContext context, int unit, ReadCoilsRequest request)
            throws ModbusResponseException {
        check(request.address() == 0 && request.quantity() == 1, FunctionCode.READ_COILS);
        return new ReadCoilsResponse(new byte[] {(byte) (process.state().running() ? 1 : 0)});
    }

    @Override
    public WriteSingleCoilResponse writeSingleCoil(
            ModbusRequestContext context, int unit, WriteSingleCoilRequest request) throws ModbusResponseException {
        check(request.address() == 0, FunctionCode.WRITE_SINGLE_COIL);
        process.running(request.value() == COIL_ON);
        return new WriteSingleCoilResponse(request.address(), request.value());
    }

    private byte[] setpoint() {
        return ByteBuffer.allocate(HOLDING_REGISTERS * 2)
                .putFloat(process.state().setpoint())
                .array();
    }

    private static byte[] slice(byte[] all, FunctionCode function, int address, int quantity)
            throws ModbusResponseException {
        check(quantity > 0 && address + quantity <= all.length / 2, function);
        return Arrays.copyOfRange(all, address * 2, (address + quantity) * 2);
    }

    private static void check(boolean exists, FunctionCode function) throws ModbusResponseException {
        if (!exists) {
            throw new ModbusResponseException(function, ExceptionCode.ILLEGAL_DATA_ADDRESS);
        }
    }
}
