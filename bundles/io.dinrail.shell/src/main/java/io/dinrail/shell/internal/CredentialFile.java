package io.dinrail.shell.internal;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.dinrail.identity.api.CredentialOrder;
import io.dinrail.identity.api.Credentials;
import io.dinrail.identity.api.Principal;
import io.dinrail.model.api.DeviceId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A file of credentials that are wanted (UTF-8, RFC 4180, a header row): all of it is good, or nothing is taken and what is bad is named by line. */
final class CredentialFile {
    private static final Set<String> COLUMNS =
            Set.of("name", "rule_set", "client_ids", "display_name", "expires", "secret");
    private static final int MOST_PROBLEMS = 20;

    private final Credentials known;
    private final String organisation;
    private final Set<String> logins = new HashSet<>();
    private final List<CredentialOrder> orders = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private int refused;

    /** For credentials of one organisation; a name may also say another, behind an at sign. */
    CredentialFile(Credentials known, String organisation) {
        this.known = known;
        this.organisation = organisation;
    }

    List<CredentialOrder> read(ServerFile file) throws Refused {
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file.readable())) {
            for (NamedCsvRecord row : rows) {
                checkHeader(row);
                take(row);
            }
        } catch (CsvParseException e) {
            throw new Refused(file.path() + ": " + e.getMessage() + "; nothing was issued");
        } catch (IOException e) {
            throw file.unreadable();
        }
        if (orders.isEmpty() && refused == 0) {
            throw new Refused(file.path() + " has no rows behind its header: nothing was issued");
        }
        if (refused > 0) {
            throw new Refused(refused + " rows of " + file.path() + " are refused and nothing was issued: "
                    + String.join("; ", problems) + (refused > problems.size() ? "; and so on" : ""));
        }
        return List.copyOf(orders);
    }

    private static void checkHeader(NamedCsvRecord row) throws Refused {
        for (String column : row.getHeader()) {
            if (!COLUMNS.contains(column)) {
                throw new Refused("column '" + column
                        + "' is unknown, the columns are name, rule_set, client_ids, display_name, expires, secret");
            }
        }
    }

    private void take(NamedCsvRecord row) {
        try {
            orders.add(order(row));
        } catch (Refused | IllegalArgumentException e) {
            refused++;
            if (problems.size() < MOST_PROBLEMS) {
                problems.add("line " + row.getStartingLineNumber() + ": " + e.getMessage());
            }
        }
    }

    private CredentialOrder order(NamedCsvRecord row) throws Refused {
        String login = login(cell(row, "name").orElseThrow(() -> new Refused("the name is missing")));
        if (!logins.add(login)) {
            throw new Refused("'" + login + "' stands in the file twice");
        }
        if (known.find(login).isPresent()) {
            throw new Refused("credential '" + login + "' is there already");
        }
        return new CredentialOrder(
                login,
                Optional.of(cell(row, "rule_set").orElse(Credentials.DEVICE)),
                Texts.list(cell(row, "client_ids").orElse("")),
                cell(row, "display_name").orElse(""),
                cell(row, "expires").flatMap(Times::end),
                cell(row, "secret")
                        .<CredentialOrder.SecretChoice>map(CredentialOrder.SecretChoice.Given::new)
                        .orElseGet(CredentialOrder.SecretChoice.Generated::new));
    }

    private String login(String name) {
        int at = name.indexOf('@');
        String bare = new DeviceId(at < 0 ? name : name.substring(0, at)).value(); // refuses what is no name
        return at < 0 ? Principal.login(organisation, bare) : name;
    }

    private static Optional<String> cell(NamedCsvRecord row, String column) {
        return row.findField(column).map(String::strip).filter(text -> !text.isEmpty());
    }
}
