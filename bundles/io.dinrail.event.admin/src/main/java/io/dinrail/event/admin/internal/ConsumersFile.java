package io.dinrail.event.admin.internal;

import io.dinrail.event.api.Gap;
import io.dinrail.model.api.DeviceId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * The names of consumers and what each was not given before the platform stopped, as text: a line with the checksum of the rest, then
 * {@code consumer NAME} and {@code gap DEVICE FROM TO} lines. It is read at start, when the ring is empty.
 */
final class ConsumersFile {
    private static final String CONSUMER = "consumer ";
    private static final String GAP = "gap ";

    private final Path file;

    ConsumersFile(Path file) {
        this.file = file;
    }

    /**
     * Reads the file; one that isn't there is empty.
     *
     * @return what each consumer misses, by name, the one that is away the longest first.
     * @throws IOException if the file cannot be read, or is damaged.
     */
    Map<String, List<Gap>> read() throws IOException {
        Map<String, List<Gap>> consumers = new LinkedHashMap<>();
        try {
            String text = Files.readString(file);
            int first = text.indexOf('\n') + 1;
            if (first == 0 || !text.substring(0, first).strip().equals(checksum(text.substring(first)))) {
                throw new IOException("its checksum doesn't fit");
            }
            List<Gap> gaps = new ArrayList<>();
            for (String line : text.substring(first).lines().toList()) {
                if (line.startsWith(CONSUMER)) {
                    gaps = consumers.computeIfAbsent(line.substring(CONSUMER.length()), name -> new ArrayList<>());
                } else if (line.startsWith(GAP)) {
                    gaps.add(gap(line));
                }
            }
        } catch (NoSuchFileException e) {
            return consumers;
        } catch (IllegalArgumentException e) {
            throw new IOException(e);
        }
        return consumers;
    }

    private static Gap gap(String line) {
        String[] words = line.split(" ", -1);
        if (words.length != 4) {
            throw new IllegalArgumentException("no gap: " + line);
        }
        return new Gap(new DeviceId(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]));
    }

    /** Replaces the file. */
    void write(Map<String, List<Gap>> consumers) throws IOException {
        StringBuilder text = new StringBuilder();
        consumers.forEach((name, gaps) -> {
            text.append(CONSUMER).append(name).append('\n');
            gaps.forEach(gap -> text.append(GAP)
                    .append(gap.device())
                    .append(' ')
                    .append(gap.from())
                    .append(' ')
                    .append(gap.to())
                    .append('\n'));
        });
        AtomicFile.write(file, (checksum(text.toString()) + '\n' + text).getBytes(StandardCharsets.UTF_8));
    }

    private static String checksum(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }
}
