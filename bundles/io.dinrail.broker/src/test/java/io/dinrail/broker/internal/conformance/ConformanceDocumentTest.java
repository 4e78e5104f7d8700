package io.dinrail.broker.internal.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Holds the tests to the standards, and the document to the tests. */
class ConformanceDocumentTest {
    private static final Path DOCUMENT = Path.of(System.getProperty("basedir", ""), "../../docs/mqtt-conformance.md");

    private List<StatementTable.Row> rows;
    private ShownStatements shown;

    @BeforeEach
    void read() throws Exception {
        rows = StatementTable.rows();
        shown = ShownStatements.ofAllTests();
    }

    @Test
    void theTableHasEachStatementOnce() {
        assertThat(rows).filteredOn(row -> row.version() == 4).hasSize(141);
        assertThat(rows).filteredOn(row -> row.version() == 5).hasSize(251);
        assertThat(rows)
                .extracting(row -> ShownStatements.key(row.version(), row.id()))
                .doesNotHaveDuplicates();
    }

    @Test
    void eachStatementHasATestOrAReasonWhyItNeedsNone() {
        assertThat(rows)
                .filteredOn(row -> shown.by(row).isEmpty() == row.exempt().isEmpty())
                .isEmpty();
    }

    @Test
    void noTestNamesAStatementThatIsNotThere() {
        Set<String> known = rows.stream()
                .map(row -> ShownStatements.key(row.version(), row.id()))
                .collect(Collectors.toSet());
        assertThat(known).containsAll(shown.all());
    }

    @Test
    void theDocumentSaysWhatTheTestsShow() throws IOException {
        String wanted = new ConformanceDocument(rows, shown).text();
        if (Boolean.getBoolean("conformance.write")) {
            Files.writeString(DOCUMENT, wanted);
        }
        assertThat(DOCUMENT).as("written anew by -Dconformance.write=true").hasContent(wanted);
    }
}
