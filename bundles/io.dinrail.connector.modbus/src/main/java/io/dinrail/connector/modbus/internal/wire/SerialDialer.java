package io.dinrail.connector.modbus.internal.wire;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import java.io.IOException;

/** Opens a serial port for this connector alone. */
final class SerialDialer implements Dialer {
    private final SerialSettings settings;

    SerialDialer(SerialSettings settings) {
        this.settings = settings;
    }

    @Override
    public Line dial() throws IOException {
        try {
            SerialPort port = SerialPort.getCommPort(settings.port());
            port.setComPortParameters(
                    settings.baud(),
                    settings.dataBits(),
                    settings.stopBits() == 2 ? SerialPort.TWO_STOP_BITS : SerialPort.ONE_STOP_BIT,
                    settings.parity().constant());
            port.setFlowControl(SerialPort.FLOW_CONTROL_DISABLED);
            SerialLine.prepare(port);
            if (!port.openPort(0)) {
                throw new DialException("the port can't be opened: error " + port.getLastErrorCode()
                        + "; is it there, free, and may this user open it?");
            }
            return new SerialLine(port, settings.silenceNanos());
        } catch (SerialPortInvalidPortException e) {
            throw new DialException("there is no such serial port", e);
        } catch (LinkageError e) {
            throw new DialException("serial ports can't be used on this machine: " + e, e);
        }
    }

    @Override
    public boolean helpsToRedial() {
        return false;
    }
}
