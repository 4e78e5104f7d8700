package io.dinrail.shell.internal;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.dinrail.device.api.DeviceException;
import io.dinrail.device.api.DeviceRegister;
import io.dinrail.model.api.DeviceId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A file of devices (UTF-8, RFC 4180, a header row): what can be taken is taken, the rest is named by line. */
final class DeviceFile {
    private static final Pattern COLUMN = Pattern.compile("[a-z_]{1,16}");
    private static final Set<String> COLUMNS = Set.of("id", "fleet", "gateway", "type", "site");

    /**
     * A row that wasn't taken.
     *
     * @param line counted from 1, the header being the first.
     */
    record Problem(long line, String reason) {}

    /** What became of a file. */
    record Outcome(int imported, List<Problem> problems) {}

    private final DeviceRegister register;
    private final List<Problem> problems = new ArrayList<>();
    private int imported;

    DeviceFile(DeviceRegister register) {
        this.register = register;
    }

    Outcome take(ServerFile server) throws Refused {
        Path file = server.path();
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(server.readable())) {
            for (NamedCsvRecord row : rows) {
                take(file, row);
            }
        } catch (CsvParseException e) {
            throw new Refused(file + ": " + e.getMessage() + " (" + imported + " rows before it were imported)");
        } catch (IOException e) {
            throw server.unreadable();
        }
        return new Outcome(imported, List.copyOf(problems));
    }

    private void take(Path file, NamedCsvRecord row) throws Refused {
        for (String column : row.getHeader()) {
            if (!COLUMNS.contains(column)) {
                throw new Refused(
                        file + ": " + shown(column) + " is unknown, the columns are id, fleet, gateway, type, site");
            }
        }
        try {
            String id = cell(row, "id").orElseThrow(() -> new Refused("the id is missing"));
            register.add(
                    new DeviceId(id),
                    cell(row, "fleet"),
                    cell(row, "gateway").map(DeviceId::new),
                    cell(row, "type"),
                    cell(row, "site"));
            imported++;
        } catch (Refused | DeviceException | IllegalArgumentException e) {
            problems.add(new Problem(row.getStartingLineNumber(), String.valueOf(e.getMessage())));
        }
    }

    private static Optional<String> cell(NamedCsvRecord row, String column) {
        return row.findField(column).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** What is no name of a column is of a file that may not be for the caller's eyes. */
    private static String shown(String column) {
        return COLUMN.matcher(column).matches() ? "column '" + column + "'" : "a column";
    }
}
