package io.dinrail.event.admin.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One record of the file of numbers: magic, kind, length of the device's name, mark, highest, name, CRC32C of all before it.
 *
 * @param exact whether the mark is the last number handed out; else numbers up to the mark may have been handed out.
 * @param device whose numbers; empty in the record of the floor that unknown devices start above.
 * @param mark the number.
 * @param highest the highest mark of any device when this was written: whatever other record gets damaged, its device cannot be above that.
 */
record SequenceRecord(boolean exact, String device, long mark, long highest) {
    /** The bytes of the shortest record. */
    static final int SHORTEST = 24;

    private static final byte MAGIC = 0x5D;
    private static final int FIXED = 20;
    private static final int LONGEST_NAME = 128;

    int length() {
        return SHORTEST + device.length();
    }

    void encode(ByteBuffer out) {
        int start = out.position();
        out.put(MAGIC).put((byte) (exact ? 1 : 0)).putShort((short) device.length());
        out.putLong(mark).putLong(highest).put(device.getBytes(StandardCharsets.US_ASCII));
        out.putInt(checksum(out.array(), start, out.position()));
    }

    /** Reads the record that starts at an offset; null if there is none, or it is damaged. */
    static @Nullable SequenceRecord decode(byte[] file, int offset) {
        if (file.length - offset < SHORTEST || file[offset] != MAGIC) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(file);
        int name = in.getShort(offset + 2);
        int end = offset + FIXED + name;
        if (name < 0 || name > LONGEST_NAME || end + Integer.BYTES > file.length) {
            return null;
        }
        if (in.getInt(end) != checksum(file, offset, end)) {
            return null;
        }
        String device = new String(file, offset + FIXED, name, StandardCharsets.US_ASCII);
        return new SequenceRecord(file[offset + 1] == 1, device, in.getLong(offset + 4), in.getLong(offset + 12));
    }

    private static int checksum(byte[] bytes, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, to - from);
        return (int) crc.getValue();
    }
}
