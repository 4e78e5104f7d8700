package io.dinrail.southbound.internal;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.dinrail.model.api.DeviceId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A tags file as text cells (RFC 4180).
 *
 * @param rows those below the header.
 */
record TagTable(List<Row> rows) {
    static final Set<String> COMMON = Set.of(
            "device",
            "tag",
            "address",
            "type",
            "access",
            "poll",
            "scale",
            "offset",
            "unit",
            "deadband",
            "min",
            "max",
            "low",
            "high",
            "description");
    private static final List<String> NEEDED = List.of("device", "tag", "address");

    /**
     * One row.
     *
     * @param line where it begins, counted from 1.
     * @param cells those that aren't empty, without blanks around them, by column.
     * @param problem why it can't be used; empty if it can.
     */
    record Row(long line, Map<String, String> cells, String problem) {
        String cell(String column) {
            return cells.getOrDefault(column, "");
        }
    }

    /**
     * Splits a text into cells.
     *
     * @param shown the file's name for messages.
     * @param text what stands in it.
     * @param own the connector's columns beside the common ones.
     * @throws TagsFileException if the header or the quoting is wrong.
     */
    static TagTable parse(String shown, String text, Set<String> own) throws TagsFileException {
        List<Row> rows = new ArrayList<>();
        List<String> header = List.of();
        try (CsvReader<CsvRecord> records = CsvReader.builder()
                .commentStrategy(CommentStrategy.NONE)
                .allowUnclosedQuote(false)
                .allowExtraCharsAfterClosingQuote(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text)) {
            for (CsvRecord record : records) {
                if (header.isEmpty()) {
                    header = header(shown, record, own);
                } else if (record.getFields().stream().anyMatch(cell -> !cell.isBlank())) {
                    rows.add(row(header, record));
                }
            }
        } catch (CsvParseException e) {
            throw new TagsFileException(shown + ", " + after(rows) + ": " + e.getMessage());
        } catch (IOException e) {
            throw new TagsFileException(shown + ": " + e.getMessage());
        }
        if (header.isEmpty()) {
            throw new TagsFileException(shown + ", line 1: the header row is missing");
        }
        return new TagTable(rows);
    }

    /** @return the devices named in a text, whatever else is wrong with it; for as long as nobody can say what is right. */
    static Set<DeviceId> devices(String text) {
        Set<DeviceId> devices = new HashSet<>();
        int column = -1;
        try (CsvReader<CsvRecord> records = CsvReader.builder()
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text)) {
            for (CsvRecord record : records) {
                if (column < 0) {
                    column = cells(record).indexOf("device");
                } else if (column < record.getFieldCount()) {
                    device(record.getField(column)).ifPresent(devices::add);
                }
            }
        } catch (CsvParseException | IOException e) {
            return devices; // the loading will say what is wrong
        }
        return devices;
    }

    private static Optional<DeviceId> device(String cell) {
        try {
            return Optional.of(new DeviceId(cell.trim()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static List<String> cells(CsvRecord record) {
        return record.getFields().stream()
                .map(cell -> cell.trim().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static List<String> header(String shown, CsvRecord record, Set<String> own) throws TagsFileException {
        String where = shown + ", line " + record.getStartingLineNumber();
        List<String> header = cells(record);
        Set<String> missing = new TreeSet<>(NEEDED);
        missing.removeAll(header);
        if (!missing.isEmpty()) {
            throw new TagsFileException(where + ": the header row lacks " + String.join(", ", missing));
        }
        for (int i = 0; i < header.size(); i++) {
            String column = header.get(i);
            if (!COMMON.contains(column) && !own.contains(column)) {
                throw new TagsFileException(where + ", column " + quoted(column) + ": unknown; there are "
                        + String.join(", ", new TreeSet<>(COMMON)) + also(own));
            }
            if (header.indexOf(column) < i) {
                throw new TagsFileException(where + ", column " + quoted(column) + ": stands there twice");
            }
        }
        return header;
    }

    private static Row row(List<String> header, CsvRecord record) {
        Map<String, String> cells = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(header.size(), record.getFieldCount()); i++) {
            String cell = record.getField(i).trim();
            if (!cell.isEmpty()) {
                cells.put(header.get(i), cell);
            }
        }
        boolean fits = record.getFieldCount() == header.size();
        String problem =
                fits ? "" : "the row has " + record.getFieldCount() + " cells, the header has " + header.size();
        return new Row(record.getStartingLineNumber(), cells, problem);
    }

    private static String after(List<Row> rows) {
        return rows.isEmpty()
                ? "at its beginning"
                : "after line " + rows.get(rows.size() - 1).line();
    }

    private static String also(Set<String> own) {
        return own.isEmpty() ? "" : ", and of this connector " + String.join(", ", new TreeSet<>(own));
    }

    private static String quoted(String column) {
        return column.isEmpty() ? "without a name" : column;
    }
}
