package io.dinrail.event.admin.internal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The file of numbers: append-only records, every write on the disk before it returns. It is opened for each write, so that a folder that went away
 * and came back, or a disk that was full, needs no repair; and it is no file channel, because an interrupted producer would close that.
 */
final class SequenceFile {
    private final Path file;
    private long length;

    SequenceFile(Path file) {
        this.file = file;
    }

    /**
     * What the file holds.
     *
     * @param records those that are whole, oldest first.
     * @param damaged bytes that belong to none.
     */
    record Content(List<SequenceRecord> records, int damaged) {}

    /** Reads the file; one that isn't there is empty. Skips what is damaged, wherever it is. */
    Content read() throws IOException {
        byte[] bytes = bytes();
        List<SequenceRecord> records = new ArrayList<>();
        int damaged = 0;
        for (int offset = 0; offset < bytes.length; ) {
            SequenceRecord record = SequenceRecord.decode(bytes, offset);
            if (record == null) {
                damaged++;
                offset++;
            } else {
                records.add(record);
                offset += record.length();
            }
        }
        length = bytes.length;
        return new Content(records, damaged);
    }

    private byte[] bytes() throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return new byte[0];
        }
    }

    /** The bytes in the file that count. */
    long length() {
        return length;
    }

    /** Whether the file on disk lacks what was written to it: somebody removed or cut it. */
    boolean isCut() {
        return length == 0 || file.toFile().length() < length;
    }

    /** Adds records; whatever an earlier failed attempt left behind is cut off first. */
    void append(List<SequenceRecord> records) throws IOException {
        byte[] bytes = encode(records);
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(length);
            out.seek(length);
            out.write(bytes);
            out.getFD().sync();
        }
        length += bytes.length;
    }

    /** Replaces all records; the old file stays as it is until the new one is on the disk. */
    void replace(List<SequenceRecord> records) throws IOException {
        length = 0; // if this fails half-way nobody knows which file is there, and the next attempt replaces it again
        length = AtomicFile.write(file, encode(records));
    }

    private static byte[] encode(List<SequenceRecord> records) {
        ByteBuffer out = ByteBuffer.allocate(
                records.stream().mapToInt(SequenceRecord::length).sum());
        records.forEach(record -> record.encode(out));
        return out.array();
    }
}
