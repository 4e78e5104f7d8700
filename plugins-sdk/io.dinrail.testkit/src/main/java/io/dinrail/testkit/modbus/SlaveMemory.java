package io.dinrail.testkit.modbus;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.HexFormat;

/** The four areas of a unit, all 65,536 addresses of each; safe for use by many threads. */
public final class SlaveMemory {
    private static final int SIZE = 0x10000;

    private final short[] holding = new short[SIZE];
    private final short[] input = new short[SIZE];
    private final BitSet coils = new BitSet(SIZE);
    private final BitSet discrete = new BitSet(SIZE);

    /**
     * Sets holding registers.
     *
     * @param start the first address.
     * @param hex the registers, four digits each.
     */
    public synchronized void holding(int start, String hex) {
        put(holding, start, HexFormat.of().parseHex(hex));
    }

    /**
     * Shows holding registers.
     *
     * @param start the first address.
     * @param count how many.
     * @return four hexadecimal digits each.
     */
    public synchronized String holding(int start, int count) {
        return HexFormat.of().formatHex(words(holding, start, count));
    }

    /**
     * Sets input registers.
     *
     * @param start the first address.
     * @param hex the registers, four digits each.
     */
    public synchronized void input(int start, String hex) {
        put(input, start, HexFormat.of().parseHex(hex));
    }

    /**
     * Sets a coil.
     *
     * @param at its address.
     * @param on its state.
     */
    public synchronized void coil(int at, boolean on) {
        coils.set(at, on);
    }

    /**
     * Shows a coil.
     *
     * @param at its address.
     * @return its state.
     */
    public synchronized boolean coil(int at) {
        return coils.get(at);
    }

    /**
     * Sets a discrete input.
     *
     * @param at its address.
     * @param on its state.
     */
    public synchronized void discrete(int at, boolean on) {
        discrete.set(at, on);
    }

    /** @return the answer of an honest slave. */
    synchronized byte[] answer(SlaveRequest request) {
        return switch (request.function()) {
            case 1 -> counted(request, bits(coils, request));
            case 2 -> counted(request, bits(discrete, request));
            case 3 -> counted(request, words(holding, request.start(), request.count()));
            case 4 -> counted(request, words(input, request.start(), request.count()));
            case 5, 15 -> {
                writeCoils(request);
                yield java.util.Arrays.copyOf(request.pdu(), 5);
            }
            case 6, 16 -> {
                writeRegisters(request);
                yield java.util.Arrays.copyOf(request.pdu(), 5);
            }
            case 8 -> request.pdu();
            case 22 -> {
                int before = holding[request.start()];
                holding[request.start()] = (short) (before & request.word(3) | request.word(5) & ~request.word(3));
                yield request.pdu();
            }
            case 23 -> {
                put(holding, request.word(5), java.util.Arrays.copyOfRange(request.pdu(), 10, request.pdu().length));
                yield counted(request, words(holding, request.start(), request.count()));
            }
            default -> refusal(request, 1);
        };
    }

    static byte[] refusal(SlaveRequest request, int code) {
        return new byte[] {(byte) (request.function() | 0x80), (byte) code};
    }

    private void writeCoils(SlaveRequest request) {
        if (request.function() == 5) {
            coils.set(request.start(), request.count() != 0);
            return;
        }
        for (int i = 0; i < request.count(); i++) {
            coils.set(request.start() + i, (request.pdu()[6 + i / 8] >> i % 8 & 1) == 1);
        }
    }

    private void writeRegisters(SlaveRequest request) {
        int from = request.function() == 6 ? 3 : 6;
        put(holding, request.start(), java.util.Arrays.copyOfRange(request.pdu(), from, request.pdu().length));
    }

    private static byte[] counted(SlaveRequest request, byte[] data) {
        return ByteBuffer.allocate(2 + data.length)
                .put((byte) request.function())
                .put((byte) data.length)
                .put(data)
                .array();
    }

    private static byte[] bits(BitSet area, SlaveRequest request) {
        byte[] packed = new byte[(request.count() + 7) / 8];
        for (int i = 0; i < request.count(); i++) {
            if (area.get(request.start() + i)) {
                packed[i / 8] |= (byte) (1 << i % 8);
            }
        }
        return packed;
    }

    private static byte[] words(short[] area, int start, int count) {
        ByteBuffer words = ByteBuffer.allocate(count * 2);
        for (int i = 0; i < count; i++) {
            words.putShort(area[start + i & 0xFFFF]);
        }
        return words.array();
    }

    private static void put(short[] area, int start, byte[] words) {
        ByteBuffer from = ByteBuffer.wrap(words);
        for (int i = start; from.remaining() >= 2; i++) {
            area[i & 0xFFFF] = from.getShort();
        }
    }
}
