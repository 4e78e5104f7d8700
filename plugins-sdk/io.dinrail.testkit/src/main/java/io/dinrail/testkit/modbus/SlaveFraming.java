package io.dinrail.testkit.modbus;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** How a slave packs what it says. */
enum SlaveFraming {
    /** Modbus TCP. */
    MBAP {
        @Override
        SlaveRequest read(DataInputStream in) throws IOException {
            int transaction = in.readUnsignedShort();
            in.readUnsignedShort();
            int length = in.readUnsignedShort();
            int unit = in.readUnsignedByte();
            return new SlaveRequest(transaction, unit, in.readNBytes(length - 1));
        }

        @Override
        byte[] frame(int transaction, int unit, byte[] pdu) {
            return ByteBuffer.allocate(7 + pdu.length)
                    .putShort((short) transaction)
                    .putShort((short) 0)
                    .putShort((short) (pdu.length + 1))
                    .put((byte) unit)
                    .put(pdu)
                    .array();
        }
    },
    /** Modbus RTU over a connection. */
    RTU {
        @Override
        SlaveRequest read(DataInputStream in) throws IOException {
            int unit = in.readUnsignedByte();
            int function = in.readUnsignedByte();
            int fixed = switch (function) {
                case 15, 16 -> 5;
                case 22 -> 6;
                case 23 -> 9;
                default -> 4;
            };
            byte[] head = in.readNBytes(fixed);
            int more = fixed == 5 || fixed == 9 ? head[fixed - 1] & 0xFF : 0;
            ByteBuffer pdu =
                    ByteBuffer.allocate(1 + fixed + more).put((byte) function).put(head);
            pdu.put(in.readNBytes(more));
            in.readUnsignedShort(); // the checksum: an honest master's is right
            return new SlaveRequest(0, unit, pdu.array());
        }

        @Override
        byte[] frame(int transaction, int unit, byte[] pdu) {
            ByteBuffer frame =
                    ByteBuffer.allocate(3 + pdu.length).put((byte) unit).put(pdu);
            int crc = crc(frame.array(), frame.position());
            return frame.put((byte) crc).put((byte) (crc >>> 8)).array();
        }
    };

    abstract SlaveRequest read(DataInputStream in) throws IOException;

    abstract byte[] frame(int transaction, int unit, byte[] pdu);

    static int crc(byte[] bytes, int length) {
        int crc = 0xFFFF;
        for (int i = 0; i < length; i++) {
            crc ^= bytes[i] & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ 0xA001;
            }
        }
        return crc;
    }
}
