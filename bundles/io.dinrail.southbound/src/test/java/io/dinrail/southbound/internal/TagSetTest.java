package io.dinrail.southbound.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dinrail.connector.api.SettingException;
import io.dinrail.connector.api.TagSpec;
import io.dinrail.connector.api.TagSpec.Access;
import io.dinrail.model.api.TagId;
import io.dinrail.model.api.Unit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagSetTest {
    private static final String SHOWN = "etc/tags/filler.csv";
    private static final PollClasses CLASSES = PollClasses.parse("fast=100ms, slow=10s");
    private static final TagSet.Check ALL = spec -> {};

    @TempDir
    Path folder;

    private static TagSet read(String text) throws TagsFileException {
        return read(text, List.of(), ALL);
    }

    private static TagSet read(String text, List<TagSpec> before, TagSet.Check check) throws TagsFileException {
        return TagSet.of(SHOWN, TagTable.parse(SHOWN, text, Set.of("order")), CLASSES, before, check);
    }

    @Test
    void columnsStandInAnyOrderAndCase() throws Exception {
        TagSet set = read(
                "Tag,ADDRESS,device,Order,type,access,poll,scale,offset,unit,deadband,min,max,description\n"
                        + "setpoint,holding:100,press-1,CDAB,FLOAT32,RW,slow,0.1,-5,Cel,1%,0,200,\"a \"\"quoted\"\",\ntext\"\n");
        assertThat(set.problems()).isEmpty();
        assertThat(set.specs())
                .containsExactly(new TagSpec(
                        TagId.of("press-1", "setpoint"),
                        "holding:100",
                        "float32",
                        Access.RW,
                        Duration.ofSeconds(10),
                        0.1,
                        -5,
                        Optional.of(new Unit("Cel")),
                        OptionalDouble.of(2),
                        OptionalDouble.of(0),
                        OptionalDouble.of(200),
                        "a \"quoted\",\ntext",
                        Map.of("order", "CDAB")));
    }

    @Test
    void emptyCellsHaveDefaults() throws Exception {
        TagSpec spec =
                read("device,tag,address,poll\r\n\r\npress-1,t,1,\r\n").specs().get(0);
        assertThat(spec.access()).isEqualTo(Access.R);
        assertThat(spec.poll()).as("the first class").isEqualTo(Duration.ofMillis(100));
        assertThat(spec.scale()).isEqualTo(1);
        assertThat(spec.deadband()).isEmpty();
        assertThat(PollClasses.parse("").resolve("")).hasSeconds(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "scale|ten|column scale: 'ten' is no number",
                "scale|0|column scale: scale and offset are finite numbers, and scale isn't 0",
                "poll|often|column poll: 'often' is neither a period such as 1s nor one of the poll classes fast, slow",
                "poll|5|column poll: '5' is no period: write 100ms, 1s, 1m, 1h or 1d",
                "access|x|column access: 'x' is none of r, w, rw",
                "deadband|1%|column deadband: '1%' is a part of the range: set low and high as well, or min and max",
                "deadband|-1|column deadband: it can't be negative",
                "device|a b|column device: device id 'a b' is refused",
                "tag|a/b|column tag: tag name 'a/b' is refused",
                "address|''|column address: is missing",
                "max|1e999|column max: '1e999' is no number",
            })
    void aBadCellIsNamedByLineAndColumnAndTheOtherRowsRun(String column, String cell, String problem) throws Exception {
        Map<String, String> row = new HashMap<>(Map.of("device", "press-1", "tag", "t", "address", "1"));
        row.put(column, cell);
        List<String> header = List.of("device", "tag", "address", "access", "poll", "scale", "deadband", "max");
        String line = String.join(
                ",", header.stream().map(name -> row.getOrDefault(name, "")).toList());
        TagSet set = read(String.join(",", header) + "\n" + line + "\npress-1,other,2,,,,,\n");
        assertThat(set.problems()).singleElement().asString().startsWith(SHOWN + ", line 2, " + problem);
        assertThat(set.specs()).hasSize(1);
    }

    @Test
    void aSecondRowOfATagIsRefusedAndNamesTheFirst() throws Exception {
        TagSet set = read("device,tag,address\npress-1,t,1\npress-1,u,1\npress-1,t,2\n");
        assertThat(set.problems()).containsExactly(SHOWN + ", line 4, column tag: press-1/t stands in line 2 already");
        assertThat(set.specs()).hasSize(2);
    }

    @Test
    void aRowWithTooFewOrTooManyCellsIsRefused() throws Exception {
        TagSet set = read("device,tag,address\npress-1,t\npress-1,u,1,2\npress-1,v,1\n");
        assertThat(set.problems())
                .containsExactly(
                        SHOWN + ", line 2: the row has 2 cells, the header has 3",
                        SHOWN + ", line 3: the row has 4 cells, the header has 3");
        assertThat(set.specs()).hasSize(1);
    }

    @Test
    void aRowThatBecameBadKeepsItsLastGoodVersion() throws Exception {
        TagSet.Check check = spec -> {
            if (spec.address().equals("?")) {
                throw new SettingException("address", "no");
            }
        };
        List<TagSpec> before =
                read("device,tag,address\npress-1,t,1\npress-1,u,1\n").specs();
        TagSet set = read("device,tag,address,scale\npress-1,t,?,\npress-1,u,1,x\npress-1,v,?,\n", before, check);
        assertThat(set.specs()).isEqualTo(before);
        assertThat(set.problems())
                .containsExactly(
                        SHOWN + ", line 2, column address: no; its last good row runs",
                        SHOWN + ", line 3, column scale: 'x' is no number; its last good row runs",
                        SHOWN + ", line 4, column address: no");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|line 1: the header row is missing",
                "device,tag|line 1: the header row lacks address",
                "device,tag,address,colour|line 1, column colour: unknown; there are access, address,",
                "device,tag,address,tag|line 1, column tag: stands there twice",
                "device,tag,address,|line 1, column without a name: unknown",
            })
    void aHeaderThatIsNoneRefusesTheFile(String header, String problem) {
        assertThatThrownBy(() -> read(header)).hasMessageStartingWith(SHOWN + ", " + problem);
    }

    @Test
    void anOpenQuoteRefusesTheFile() {
        assertThatThrownBy(() -> read("device,tag,address\npress-1,t,1\npress-1,\"u,1\n"))
                .isInstanceOf(TagsFileException.class)
                .hasMessageStartingWith(SHOWN + ", after line 2: ");
    }

    @Test
    void aByteOrderMarkIsToleratedAndAnyOtherEncodingRefused() throws Exception {
        Path file = folder.resolve("x.csv");
        Files.writeString(file, "\uFEFFdevice,tag,address\npress-1,tür,1\n");
        assertThat(read(TagText.read(file, SHOWN)).specs()).hasSize(1);
        Files.write(file, "device,tag,address\npress-1,tür,1\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> TagText.read(file, SHOWN)).hasMessage(SHOWN + ", line 2: the file is not UTF-8");
        Files.delete(file);
        assertThatThrownBy(() -> TagText.read(file, SHOWN)).hasMessageContaining("is missing");
    }

    @Test
    @Timeout(2)
    void tenThousandTagsAreReadWithinTwoSeconds() throws Exception {
        StringBuilder text = new StringBuilder("device,tag,address,type,poll,deadband,min,max\n");
        for (int i = 0; i < 10_000; i++) {
            text.append("press-")
                    .append(i / 100)
                    .append(",t")
                    .append(i)
                    .append(",holding:")
                    .append(i)
                    .append(",float32,slow,1%,0,10\n");
        }
        assertThat(read(text.toString()).specs()).hasSize(10_000);
    }
}
