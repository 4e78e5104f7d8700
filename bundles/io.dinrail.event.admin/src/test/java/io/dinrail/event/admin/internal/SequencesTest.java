package io.dinrail.event.admin.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.dinrail.event.api.RecordedReading;
import io.dinrail.model.api.Reading;
import io.dinrail.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SequencesTest {
    private static final int BLOCK = 10;

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void place() {
        file = folder.resolve("journal/sequences");
    }

    private Sequences open() {
        return new Sequences(file, BLOCK, new ManualClock(Readings.NOON));
    }

    private static List<Long> numbers(Sequences sequences, String device, int count) throws IOException {
        return sequences.number(Readings.some(device, count)).stream()
                .map(RecordedReading::seq)
                .toList();
    }

    private static RecordedReading one(Sequences sequences, String device) throws IOException {
        return sequences.number(Readings.some(device, 1)).get(0);
    }

    @Test
    void eachDeviceCountsByOneFromOne() throws Exception {
        Sequences sequences = open();
        assertThat(numbers(sequences, "a", 3)).containsExactly(1L, 2L, 3L);
        List<Reading> mixed = List.of(Readings.of("b", "x", 0), Readings.of("a", "y", 0), Readings.of("b", "x", 0));
        assertThat(sequences.number(mixed)).extracting(RecordedReading::seq).containsExactly(1L, 4L, 2L);
        assertThat(sequences.number(mixed)).noneMatch(RecordedReading::resumed);
    }

    @Test
    void aBatchMayBeLargerThanABlock() throws Exception {
        assertThat(numbers(open(), "a", 35)).hasSize(35).endsWith(35L);
        assertThat(one(open(), "a").seq()).isEqualTo(41);
    }

    @Test
    void afterACleanStopTheNumbersGoOnByOne() throws Exception {
        Sequences before = open();
        numbers(before, "a", 13);
        before.close();
        assertThat(one(open(), "a"))
                .extracting(RecordedReading::seq, RecordedReading::resumed)
                .containsExactly(14L, false);
    }

    @Test
    void afterACrashTheNumbersGoOnAboveTheBlockAndTheFirstOneSaysSo() throws Exception {
        numbers(open(), "a", 13);
        List<RecordedReading> after = open().number(Readings.some("a", 2));
        assertThat(after).extracting(RecordedReading::seq).containsExactly(21L, 22L);
        assertThat(after).extracting(RecordedReading::resumed).containsExactly(true, false);
    }

    @Test
    void aDeviceThatWasSilentSinceTheCrashStillSaysSoAfterACleanStop() throws Exception {
        Sequences before = open();
        numbers(before, "a", 1);
        numbers(before, "b", 1);
        Sequences between = open();
        numbers(between, "b", 1);
        between.close();
        Sequences after = open();
        assertThat(one(after, "a").resumed()).isTrue();
        assertThat(one(after, "b").resumed()).isFalse();
    }

    @Test
    void aDeviceThatWasSilentInTheRunThatCrashedLostNothing() throws Exception {
        Sequences first = open();
        numbers(first, "a", 3);
        numbers(first, "b", 3);
        first.close();
        numbers(open(), "b", 1);
        Sequences after = open();
        assertThat(one(after, "a"))
                .extracting(RecordedReading::seq, RecordedReading::resumed)
                .containsExactly(4L, false);
        assertThat(one(after, "b"))
                .extracting(RecordedReading::seq, RecordedReading::resumed)
                .containsExactly(14L, true);
    }

    @Test
    void severalDevicesOfOneBatchAreOneWrite() throws Exception {
        Sequences sequences = open();
        numbers(sequences, "a", 1);
        long size = Files.size(file);
        List<Reading> fleet = Stream.of("b", "c", "d")
                .map(device -> Readings.of(device, "x", 0))
                .toList();
        sequences.number(fleet);
        assertThat(Files.size(file)).isEqualTo(size + 3L * (SequenceRecord.SHORTEST + 1));
    }

    @Test
    void noNumberRepeatsWhereverTheFileIsCutOff() throws Exception {
        byte[] whole = written();
        for (int length = 1; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            Map<String, Long> marks = new HashMap<>();
            Files.write(file, cut);
            new SequenceFile(file).read().records().forEach(record -> marks.put(record.device(), record.mark()));
            Sequences after = open();
            for (String device : List.of("a", "bb", "ccc")) {
                assertThat(one(after, device).seq())
                        .describedAs("%s, cut at %d", device, length)
                        .isGreaterThan(marks.getOrDefault(device, 0L));
            }
        }
    }

    @Test
    void noNumberRepeatsWhicheverBitFlips() throws Exception {
        byte[] whole = written();
        Map<String, Long> handedOut = Map.of("a", 95L, "bb", 12L, "ccc", 1L);
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, flipped);
            Sequences after = open();
            for (Map.Entry<String, Long> last : handedOut.entrySet()) {
                assertThat(one(after, last.getKey()))
                        .describedAs("%s, bit %d", last.getKey(), bit)
                        .matches(RecordedReading::resumed)
                        .matches(first -> first.seq() > last.getValue());
            }
        }
    }

    @Test
    void noNumberRepeatsWhenNothingOfTheFileIsLeft() throws Exception {
        written();
        Files.write(file, new byte[200]);
        assertThat(one(open(), "a").seq()).isGreaterThan(1_000_000_000_000L);
    }

    @Test
    void whatADamagedFileTaughtOutlivesTheNextStart() throws Exception {
        byte[] whole = written();
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        long first = one(open(), "new").seq();
        assertThat(first).isGreaterThan(95);
        assertThat(one(open(), "newer").seq()).isGreaterThan(95);
        assertThat(one(open(), "new").seq()).isGreaterThan(first);
    }

    /** A file with old and new records of three devices: a has used 95 numbers, bb 12, ccc 1. */
    private byte[] written() throws IOException {
        Sequences first = open();
        numbers(first, "a", 3);
        numbers(first, "bb", 12);
        first.close();
        Sequences second = open();
        numbers(second, "ccc", 1);
        for (int batch = 0; batch < 23; batch++) {
            numbers(second, "a", 4);
        }
        return Files.readAllBytes(file);
    }

    @Test
    void aFullDiskRefusesAndOnlyWhoNeedsABlock() throws Exception {
        Sequences sequences = open();
        numbers(sequences, "a", 8);
        numbers(sequences, "b", 10);
        Path away = folder.resolve("away");
        Files.move(file.getParent(), away);
        Files.writeString(file.getParent(), "a file where the folder should be");
        assertThatIOException().isThrownBy(() -> numbers(sequences, "b", 1));
        assertThatIOException().isThrownBy(() -> numbers(sequences, "a", 5));
        assertThat(numbers(sequences, "a", 2)).containsExactly(9L, 10L);
        Files.delete(file.getParent());
        Files.move(away, file.getParent());
        assertThat(numbers(sequences, "b", 1)).containsExactly(11L);
        assertThat(numbers(sequences, "a", 1)).containsExactly(11L);
        assertThat(one(open(), "a").seq()).isEqualTo(21);
    }

    @Test
    void aFolderThatSomebodyRemovedIsMadeAgain() throws Exception {
        Sequences sequences = open();
        numbers(sequences, "a", 8);
        numbers(sequences, "b", 1);
        Files.delete(file);
        Files.delete(file.getParent());
        assertThat(numbers(sequences, "a", 4)).endsWith(12L);
        assertThat(one(open(), "b").seq()).isEqualTo(11);
    }

    @Test
    void nothingIsNumberedAsLongAsTheFileCannotBeRead() throws Exception {
        Files.createDirectories(file);
        Sequences sequences = open();
        assertThatIOException().isThrownBy(() -> numbers(sequences, "a", 1));
        Files.delete(file);
        assertThat(numbers(sequences, "a", 1)).containsExactly(1L);
    }

    @Test
    void anInterruptedProducerGetsItsNumbers() throws Exception {
        Sequences sequences = open();
        Thread.currentThread().interrupt();
        assertThat(numbers(sequences, "a", 1)).containsExactly(1L);
        assertThat(numbers(sequences, "a", 25)).endsWith(26L);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void theFileStaysSmall() throws Exception {
        Sequences sequences = open();
        for (int batch = 0; batch < 12; batch++) {
            numbers(sequences, "a", BLOCK * 10_000);
        }
        assertThat(Files.size(file)).isLessThan(2 << 20);
        assertThat(one(open(), "a").seq()).isEqualTo(BLOCK * 120_000 + 1);
    }
}
