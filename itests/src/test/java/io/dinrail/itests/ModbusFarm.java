package io.dinrail.itests;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/**
 * Many Modbus TCP devices on one thread, one a port, for {@code measure-modbus}: fast, and no model of a device. Every register that is read has a new
 * value each second. It notes when each device is asked for its first registers, so that the jitter of the period is seen from outside.
 */
public final class ModbusFarm {
    private static final int READ_HOLDING = 3;
    private static final int REQUEST = 12;

    private final Selector selector = Selector.open();
    private final long period;
    private long[] jitters = new long[1024];
    private int count;
    private long requests;

    /** One connection to one device. */
    private static final class Device {
        private final ByteBuffer in = ByteBuffer.allocate(4096);
        private final ByteBuffer out = ByteBuffer.allocate(8192);
        private long asked;
    }

    private ModbusFarm(int firstPort, int devices, long period) throws IOException {
        this.period = period;
        for (int i = 0; i < devices; i++) {
            ServerSocketChannel server = ServerSocketChannel.open();
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), firstPort + i));
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
        }
    }

    /**
     * Serves, and every so often prints requests a second and the jitter of the period.
     *
     * @param args first port, number of devices, their period in milliseconds, seconds between two reports.
     */
    public static void main(String[] args) throws IOException {
        long period = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(args[2]));
        new ModbusFarm(Integer.parseInt(args[0]), Integer.parseInt(args[1]), period)
                .serve(TimeUnit.SECONDS.toNanos(Long.parseLong(args[3])));
    }

    private void serve(long every) throws IOException {
        long reported = System.nanoTime();
        while (true) {
            selector.select(100);
            for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
                SelectionKey key = keys.next();
                keys.remove();
                if (key.isAcceptable()) {
                    accept(key);
                } else if (key.isReadable()) {
                    answer(key);
                }
            }
            long now = System.nanoTime();
            if (now - reported >= every) {
                report((now - reported) / 1e9);
                reported = now;
            }
        }
    }

    private void accept(SelectionKey key) throws IOException {
        SocketChannel socket = ((ServerSocketChannel) key.channel()).accept();
        socket.configureBlocking(false);
        socket.socket().setTcpNoDelay(true);
        socket.register(selector, SelectionKey.OP_READ, new Device());
    }

    private void answer(SelectionKey key) throws IOException {
        SocketChannel socket = (SocketChannel) key.channel();
        Device device = (Device) key.attachment();
        try {
            if (socket.read(device.in) < 0) {
                socket.close();
                return;
            }
            device.in.flip();
            while (device.in.remaining() >= REQUEST) {
                answer(device);
            }
            device.in.compact();
            device.out.flip();
            while (device.out.hasRemaining()) {
                socket.write(device.out);
            }
            device.out.clear();
        } catch (IOException e) {
            socket.close();
        }
    }

    private void answer(Device device) {
        int transaction = device.in.getShort();
        device.in.getInt();
        byte unit = device.in.get();
        byte function = device.in.get();
        int start = device.in.getShort() & 0xFFFF;
        int registers = device.in.getShort() & 0xFFFF;
        requests++;
        if (start == 0) {
            note(device);
        }
        if (function != READ_HOLDING) {
            device.out.putShort((short) transaction).putShort((short) 0).putShort((short) 3);
            device.out.put(unit).put((byte) (function | 0x80)).put((byte) 1);
            return;
        }
        device.out.putShort((short) transaction).putShort((short) 0).putShort((short) (3 + 2 * registers));
        device.out.put(unit).put(function).put((byte) (2 * registers));
        long second = System.currentTimeMillis() / 1000;
        for (int register = start; register < start + registers; register += 2) {
            device.out.putFloat(register + second % 1000 / 8f);
        }
    }

    private void note(Device device) {
        long now = System.nanoTime();
        if (device.asked != 0) {
            if (count == jitters.length) {
                jitters = Arrays.copyOf(jitters, count * 2);
            }
            jitters[count++] = Math.abs(now - device.asked - period);
        }
        device.asked = now;
    }

    private void report(double seconds) {
        Arrays.sort(jitters, 0, count);
        System.out.printf(
                "%.0f requests/s, jitter of the period: median %.1f ms, p99 %.1f ms, most %.1f ms%n",
                requests / seconds, millis(0.5), millis(0.99), millis(1));
        count = 0;
        requests = 0;
    }

    private double millis(double quantile) {
        return count == 0 ? 0 : jitters[Math.min(count - 1, (int) (count * quantile))] / 1e6;
    }
}
