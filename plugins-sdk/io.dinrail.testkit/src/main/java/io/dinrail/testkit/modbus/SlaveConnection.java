package io.dinrail.testkit.modbus;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;

/** One connection to a slave, and what it does wrong on it. */
final class SlaveConnection {
    private static final byte[] GARBAGE = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII);

    private final MisbehavingSlave slave;
    private final Socket socket;
    private final DataInputStream in;
    private byte[] before = new byte[0];

    SlaveConnection(MisbehavingSlave slave, Socket socket, DataInputStream in) {
        this.slave = slave;
        this.socket = socket;
        this.in = in;
    }

    static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    boolean isClosed() {
        return socket.isClosed();
    }

    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone either way
        }
    }

    void serve() {
        try (socket) {
            socket.setTcpNoDelay(true);
            while (true) {
                SlaveRequest request = slave.framing().read(in);
                Misbehaviour conduct = slave.heard(request);
                byte[] right = frame(request, slave.answer(request));
                answer(request, right, conduct);
                before = right;
            }
        } catch (IOException e) {
            // either side went away
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(SlaveRequest request, byte[] right, Misbehaviour conduct)
            throws IOException, InterruptedException {
        switch (conduct) {
            case SILENT -> {}
            case CLOSED -> socket.close();
            case TRUNCATED -> send(Arrays.copyOf(right, right.length / 2));
            case TRUNCATED_AND_CLOSED -> {
                send(Arrays.copyOf(right, right.length / 2));
                socket.close();
            }
            case LATE -> {
                Thread.sleep(slave.lateness().toMillis());
                send(right);
            }
            case TWICE -> socket.getOutputStream().write(twice(right));
            case FLOODS -> flood(twice(right));
            default -> send(lie(request, right, conduct));
        }
    }

    private byte[] lie(SlaveRequest request, byte[] right, Misbehaviour conduct) {
        return switch (conduct) {
            case WRONG_TRANSACTION ->
                slave.framing() == SlaveFraming.MBAP
                        ? slave.framing().frame(request.transaction() + 1000, request.unit(), slave.answer(request))
                        : flipped(right, right.length - 1);
            case WRONG_PROTOCOL -> flipped(right, slave.framing() == SlaveFraming.MBAP ? 3 : right.length - 2);
            case LENGTH_TOO_LONG ->
                slave.framing() == SlaveFraming.MBAP ? flipped(right, 5, 0x40) : Arrays.copyOf(right, right.length - 1);
            case LENGTH_OF_NOTHING ->
                slave.framing() == SlaveFraming.MBAP
                        ? Arrays.copyOf(flipped(right, 4, 0xFF), 6)
                        : new byte[] {right[0]};
            case WRONG_UNIT -> slave.framing().frame(request.transaction(), request.unit() ^ 0x40, pdu(request));
            case WRONG_FUNCTION -> frame(request, flipped(pdu(request), 0, 0x40));
            case WRONG_BYTE_COUNT -> frame(request, flipped(pdu(request), 1, 0x02));
            case FEWER_REGISTERS -> frame(request, resized(request, -2));
            case MORE_REGISTERS -> frame(request, resized(request, 2));
            case WRONG_ECHO ->
                frame(request, request.reads() ? new byte[] {pdu(request)[0], 0} : flipped(pdu(request), 2));
            case GARBAGE -> GARBAGE;
            case ANSWERS_ANOTHER -> before;
            case ILLEGAL_FUNCTION -> frame(request, SlaveMemory.refusal(request, 1));
            case ILLEGAL_ADDRESS -> frame(request, SlaveMemory.refusal(request, 2));
            case DEVICE_FAILURE -> frame(request, SlaveMemory.refusal(request, 4));
            case BUSY -> frame(request, SlaveMemory.refusal(request, 6));
            case UNREACHABLE -> frame(request, SlaveMemory.refusal(request, 11));
            default -> right;
        };
    }

    private void flood(byte[] frame) throws IOException {
        while (true) {
            socket.getOutputStream().write(frame);
        }
    }

    /** In one piece, so that whoever takes the first has the second too. */
    private static byte[] twice(byte[] frame) {
        byte[] twice = Arrays.copyOf(frame, frame.length * 2);
        System.arraycopy(frame, 0, twice, frame.length, frame.length);
        return twice;
    }

    /** Byte by byte, for nothing promises that a frame comes in one piece. */
    private void send(byte[] bytes) throws IOException {
        for (byte one : bytes) {
            socket.getOutputStream().write(one);
        }
    }

    private byte[] pdu(SlaveRequest request) {
        return slave.answer(request);
    }

    private byte[] frame(SlaveRequest request, byte[] pdu) {
        return slave.framing().frame(request.transaction(), request.unit(), pdu);
    }

    private byte[] resized(SlaveRequest request, int by) {
        byte[] right = pdu(request);
        byte[] resized = Arrays.copyOf(right, Math.max(2, right.length + by));
        resized[1] = (byte) (resized.length - 2);
        return resized;
    }

    private static byte[] flipped(byte[] bytes, int index) {
        return flipped(bytes, index, 0x55);
    }

    private static byte[] flipped(byte[] bytes, int index, int bits) {
        byte[] flipped = bytes.clone();
        flipped[index] ^= (byte) bits;
        return flipped;
    }
}
