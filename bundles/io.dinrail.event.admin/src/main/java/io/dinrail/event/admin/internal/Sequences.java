package io.dinrail.event.admin.internal;

import io.dinrail.event.api.RecordedReading;
import io.dinrail.model.api.DeviceId;
import io.dinrail.model.api.Reading;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Numbers the readings of each device by one, from 1, never the same number twice. Blocks of numbers are reserved on the disk before the first of
 * them is handed out; after a crash the numbers go on above the block. Used by one thread at a time.
 */
final class Sequences {
    private static final Logger LOG = LoggerFactory.getLogger(Sequences.class);
    /** The file is written anew when it has grown by this, so that it stays small on a platform that runs for years. */
    private static final int GROWTH = 1 << 20;
    /** Stands for the floor in the file; no device has this name. */
    private static final String FLOOR = "";

    private final SequenceFile file;
    private final int block;
    private final Clock clock;
    private final Map<DeviceId, Numbers> devices = new HashMap<>();
    private long floor;
    private boolean loaded;
    private boolean untidy;
    private long compactAt;

    Sequences(Path file, int block, Clock clock) {
        this.file = new SequenceFile(file);
        this.block = block;
        this.clock = clock;
    }

    /** The numbers of one device. */
    private static final class Numbers {
        private final DeviceId device;
        private long next;
        private long reserved;
        private boolean resumed;
        private boolean used;
        private int wanted;

        Numbers(DeviceId device, long last, boolean resumed) {
            this.device = device;
            this.next = last + 1;
            this.reserved = last;
            this.resumed = resumed;
        }

        int missing() {
            return (int) Math.max(0, next + wanted - 1 - reserved);
        }

        RecordedReading number(Reading reading) {
            boolean first = resumed;
            resumed = false;
            used = true;
            return new RecordedReading(next++, first, reading);
        }
    }

    /** Reads the file if that has not happened yet. */
    void load() throws IOException {
        if (!loaded) {
            restore(file.read());
            loaded = true;
        }
    }

    private void restore(SequenceFile.Content content) {
        Map<String, SequenceRecord> newest = new LinkedHashMap<>();
        long highest = 0;
        for (SequenceRecord record : content.records()) {
            newest.put(record.device(), record);
            highest = Math.max(highest, Math.max(record.highest(), record.mark()));
        }
        boolean damaged = content.damaged() > 0;
        long jump = damaged ? jump(content.damaged()) : 0;
        SequenceRecord kept = newest.remove(FLOOR);
        floor = kept == null ? 0 : kept.mark();
        if (damaged) {
            // Without a single record left only the clock is above every number handed out so far.
            floor = newest.isEmpty() && kept == null ? clock.millis() : highest + jump;
            LOG.warn(
                    "The journal's file of numbers was damaged ({} bytes); numbers go on higher, none repeats.",
                    content.damaged());
        }
        newest.forEach((name, record) -> {
            DeviceId device = new DeviceId(name);
            devices.put(device, new Numbers(device, record.mark() + jump, damaged || !record.exact()));
        });
        untidy = damaged || content.records().size() > newest.size() + 1;
        compactAt = file.length() + GROWTH;
    }

    /** How far above its last known mark a device can be, when so many bytes are unreadable: each record lost raised it by a block at most. */
    private long jump(int damaged) {
        return (damaged / SequenceRecord.SHORTEST + 1L) * block;
    }

    /**
     * Numbers readings.
     *
     * @throws IOException if numbers could not be reserved; none was used then.
     */
    List<RecordedReading> number(List<Reading> readings) throws IOException {
        load();
        reserve(readings);
        RecordedReading[] recorded = new RecordedReading[readings.size()];
        for (int i = 0; i < recorded.length; i++) {
            Reading reading = readings.get(i);
            recorded[i] = numbers(reading.tag().device()).number(reading);
        }
        return List.of(recorded);
    }

    private Numbers numbers(DeviceId device) {
        return devices.computeIfAbsent(device, fresh -> new Numbers(fresh, floor, floor > 0));
    }

    private void reserve(List<Reading> readings) throws IOException {
        List<Numbers> wanting = new ArrayList<>();
        for (Reading reading : readings) {
            Numbers numbers = numbers(reading.tag().device());
            if (numbers.wanted++ == 0) {
                wanting.add(numbers);
            }
        }
        try {
            List<Numbers> missing =
                    wanting.stream().filter(numbers -> numbers.missing() > 0).toList();
            if (!missing.isEmpty()) {
                reserveBlocks(missing);
            }
        } finally {
            wanting.forEach(numbers -> numbers.wanted = 0);
        }
    }

    private void reserveBlocks(List<Numbers> missing) throws IOException {
        long[] before = missing.stream().mapToLong(numbers -> numbers.reserved).toArray();
        missing.forEach(numbers -> numbers.reserved += (long) blocks(numbers) * block);
        try {
            write(missing, before);
        } catch (IOException | RuntimeException e) {
            for (int i = 0; i < before.length; i++) {
                missing.get(i).reserved = before[i];
            }
            throw e;
        }
    }

    private int blocks(Numbers numbers) {
        return (numbers.missing() + block - 1) / block;
    }

    private void write(List<Numbers> raised, long[] before) throws IOException {
        if (untidy || file.isCut() || file.length() > compactAt) {
            replace(false);
            return;
        }
        long highest = highest();
        List<SequenceRecord> records = new ArrayList<>();
        for (int i = 0; i < before.length; i++) {
            Numbers numbers = raised.get(i);
            // A record raises its device by one block, which is what a damaged one is reckoned at.
            for (long mark = before[i] + block; mark <= numbers.reserved; mark += block) {
                records.add(new SequenceRecord(false, numbers.device.value(), mark, highest));
            }
        }
        file.append(records);
    }

    private long highest() {
        return devices.values().stream().mapToLong(numbers -> numbers.reserved).reduce(floor, Math::max);
    }

    private void replace(boolean closing) throws IOException {
        long highest = highest();
        List<SequenceRecord> records = new ArrayList<>();
        records.add(new SequenceRecord(true, FLOOR, floor, highest));
        for (Numbers numbers : devices.values()) {
            boolean exact = !numbers.resumed && (closing || !numbers.used && numbers.reserved == numbers.next - 1);
            long mark = exact ? numbers.next - 1 : numbers.reserved;
            if (mark > 0) {
                records.add(new SequenceRecord(exact, numbers.device.value(), mark, highest));
            }
        }
        file.replace(records);
        untidy = false;
        compactAt = file.length() + Math.max(GROWTH, 4 * file.length());
    }

    /** Writes the exact numbers, so that the next start goes on by one. Nothing may be numbered after this. */
    void close() throws IOException {
        if (loaded && !devices.isEmpty()) {
            replace(true);
        }
    }
}
