package io.dinrail.southbound.internal;

import static io.dinrail.southbound.internal.Bench.HEADER;
import static io.dinrail.southbound.internal.Bench.SETPOINT;
import static io.dinrail.southbound.internal.Bench.TAGS;
import static io.dinrail.southbound.internal.Bench.TEMPERATURE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dinrail.connector.api.ConnectorState;
import io.dinrail.connector.api.TagImport;
import io.dinrail.model.api.TagId;
import io.dinrail.model.api.TagValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TagFilesTest {
    private static final TagId EXTRA = TagId.of("press-1", "extra");

    @TempDir
    Path etc;

    private Bench bench;

    @BeforeEach
    void begin() {
        bench = new Bench(etc);
        bench.device.memory.put("t", TagValue.of(71.5));
        bench.device.memory.put("s", TagValue.of(20));
        bench.write("tags/filler.csv", TAGS);
        bench.configure("filler", "port=502", "poll.classes=fast=20ms");
        bench.awaitState("filler", ConnectorState.RUNNING);
    }

    @AfterEach
    void end() {
        bench.close();
    }

    @Test
    void theDifferenceIsShownAndNothingIsChanged() throws Exception {
        TagImport difference = bench.host.compareTags(
                "filler", HEADER + "press-1,temperature,t,r,50ms,,,\npress-1,extra,t,r,fast,,,\n");
        assertThat(difference.added()).containsExactly(EXTRA);
        assertThat(difference.removed()).containsExactly(SETPOINT);
        assertThat(difference.changed())
                .containsExactly(new TagImport.Change(TEMPERATURE, List.of("poll: 20ms -> 50ms")));
        assertThat(difference.unchanged()).isZero();
        assertThat(Files.readString(etc.resolve("tags/filler.csv"))).isEqualTo(TAGS);
    }

    @Test
    void anImportIsAppliedWithoutConnectingAnew() {
        TagImport done = bench.host.importTags("filler", TAGS + "press-1,extra,t,r,20ms,,,\n");
        assertThat(done.unchanged()).isEqualTo(2);
        await().until(() -> !bench.readings(EXTRA).isEmpty());
        assertThat(bench.device.opened.get()).isEqualTo(1);
    }

    @Test
    void aFileWithABadRowChangesNothing() throws Exception {
        TagImport refused = bench.host.importTags("filler", TAGS + "press-1,extra,?,r,20ms,,,\n");
        assertThat(refused.refused())
                .containsExactly("the file, line 4, column address: '?' is no place of the memory");
        assertThat(Files.readString(etc.resolve("tags/filler.csv"))).isEqualTo(TAGS);
        assertThatThrownBy(() -> bench.host.importTags("filler", "device;tag\n"))
                .hasMessageContaining("line 1");
    }

    @Test
    void anExportSaysWhatAnImportTakes() {
        String rich =
                "device,tag,address,type,access,poll,order,scale,offset,unit,deadband,min,max,low,high,description\n"
                        + "press-1,a,t,float32,r,1500ms,,0.1,-40,Cel,0.5,,,-40,120,\"hot, \"\"very\"\"\"\n"
                        + "press-1,b,s,int16,rw,2m,CDAB,,,,1%,0,100,,,\n"
                        + "press-1,c,s,,w,0.5ms,,1e-7,,,,,,,,ünïcode\n".replace("0.5ms", "1.5ms");
        bench.host.importTags("filler", rich);
        await().until(() -> bench.status("filler").tags() == 3);
        String exported = bench.host.exportTags("filler");
        TagImport again = bench.host.compareTags("filler", exported);
        assertThat(again.refused()).isEmpty();
        assertThat(again.isEmpty()).as(exported).isTrue();
        assertThat(again.unchanged()).isEqualTo(3);
    }

    @Test
    void tagsOfAnotherConnectorAreRefused() {
        bench.write("tags/twin.csv", HEADER);
        bench.configure("twin", "port=502");
        bench.awaitState("twin", ConnectorState.RUNNING);
        assertThat(bench.host.compareTags("twin", TAGS).refused())
                .hasSize(2)
                .allMatch(problem -> problem.contains("is served by the connector filler already"));
    }

    @Test
    void tenThousandTagsAreLoadedWithinTwoSeconds() {
        StringBuilder many = new StringBuilder(HEADER);
        for (int i = 0; i < 10_000; i++) {
            many.append("press-")
                    .append(i / 100)
                    .append(",tag-")
                    .append(i % 100)
                    .append(",t,r,1s,float32,,\n");
        }
        Instant began = Instant.now();
        bench.host.importTags("filler", many.toString());
        await().pollInterval(Duration.ofMillis(5))
                .until(() -> bench.status("filler").good() == 10_000);
        assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void aDeviceIsBrowsedOnItsOwnThreadAndSaysWhyIfItCannotBe() throws Exception {
        assertThat(bench.host.browse("filler", "").toCompletableFuture().get())
                .extracting(entry -> entry.id())
                .containsExactlyInAnyOrder("s", "t");
        assertThatThrownBy(() ->
                        bench.host.browse("filler", "x").toCompletableFuture().get())
                .hasMessageContaining("there is no node x");
        bench.device.down = true;
        bench.awaitState("filler", ConnectorState.DEGRADED);
        assertThatThrownBy(() ->
                        bench.host.browse("filler", "").toCompletableFuture().get())
                .hasMessageContaining("the connector filler is not connected");
    }

    @Test
    void aTrustedCertificateLetsItConnectAtOnce() {
        bench.device.trusted = false;
        bench.device.down = true;
        bench.awaitState("filler", ConnectorState.DEGRADED);
        bench.device.down = false;
        await().until(() -> bench.status("filler").reason().contains("quarantine"));
        assertThat(bench.host.peers("filler")).singleElement().matches(peer -> !peer.trusted());
        assertThatThrownBy(() -> bench.host.trust("filler", "ab:cd")).hasMessageContaining("abcd");
        bench.host.trust("filler", FakeDevice.PRINT.toUpperCase(Locale.ROOT));
        bench.awaitState("filler", ConnectorState.RUNNING);
    }
}
