package io.dinrail.shell.internal;

import static io.dinrail.shell.internal.FakeSouthbound.SETPOINT;
import static io.dinrail.shell.internal.FakeSouthbound.TEMPERATURE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dinrail.event.api.BusEvents;
import io.dinrail.event.api.ReadingsRecorded;
import io.dinrail.event.api.RecordedReading;
import io.dinrail.model.api.TagId;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.osgi.service.event.EventHandler;

class TagWatchTest extends ShellTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void eachNewReadingOfTheDeviceIsALine() {
        CompletableFuture<String> watch = start("dinrail:tag-watch filler-1 --count 2");

        record(1, TEMPERATURE);
        record(1, TagId.of("press-1", "humidity"));
        record(2, SETPOINT);

        assertThat(watch.join()).isEmpty();
        assertThat(out.toString(UTF_8).lines())
                .containsExactly(
                        "2026-11-22T12:00:00.500Z filler-1/temperature 71.5 Cel good seq 1",
                        "2026-11-22T12:00:00.500Z filler-1/setpoint 71.5 Cel good seq 2");
        assertThat(handlers()).isEmpty();
    }

    @Test
    void oneTagAloneCanBeWatched() {
        CompletableFuture<String> watch = start("dinrail:tag-watch filler-1 setpoint --count 1");

        record(1, TEMPERATURE);
        record(2, SETPOINT);

        assertThat(watch.join()).isEmpty();
        assertThat(out.toString(UTF_8)).contains("seq 2").doesNotContain("seq 1");
    }

    @Test
    void aWatchInJsonIsOneArray() {
        CompletableFuture<String> watch = start("dinrail:tag-watch filler-1 --json --count 2");

        record(1, TEMPERATURE);
        record(2, TEMPERATURE);

        assertThat(watch.join()).isEmpty();
        assertThat(out.toString(UTF_8))
                .startsWith("[\n{\"device\":\"filler-1\"")
                .contains("\"seq\":1},\n{")
                .endsWith("\"seq\":2}]\n");
    }

    @Test
    void aWatchEndsWhenItsTimeIsUp() {
        assertThat(shell.out("dinrail:tag-watch filler-1 --for 1ms --json")).isEqualTo("[]");
    }

    @Test
    void aTimeThatIsNoneIsRefused() {
        assertThat(shell.failure("dinrail:tag-watch filler-1 --for soon")).startsWith("'soon' is no period");
        assertThat(shell.failure("dinrail:tag-watch filler-1 --count few"))
                .startsWith("--count is a whole number, not 'few': dinrail:tag-watch DEVICE [TAG]");
        assertThat(handlers()).isEmpty();
    }

    @Test
    void aWatchEndsWhenItsCallerIsInterrupted() throws Exception {
        CompletableFuture<String> ended = new CompletableFuture<>();
        Thread caller = new Thread(() ->
                ended.complete(shell.run("dinrail:tag-watch filler-1", new PrintStream(out), new PrintStream(out))));
        caller.start();
        await().until(() -> !handlers().isEmpty());

        caller.interrupt();

        ended.join();
        await().untilAsserted(() -> assertThat(handlers()).isEmpty());
    }

    @Test
    void readingsThatCannotBeHeldAreCounted() {
        Watch watch = new Watch(TEMPERATURE.device(), java.util.Optional.empty());
        RecordedReading reading = new RecordedReading(1, false, FakeSouthbound.reading(TEMPERATURE, 1));

        watch.handleEvent(BusEvents.wrap(new ReadingsRecorded(java.util.Collections.nCopies(10_003, reading))));

        assertThat(watch.skipped()).isEqualTo(3);
    }

    private CompletableFuture<String> start(String line) {
        PrintStream to = new PrintStream(out, false, UTF_8);
        CompletableFuture<String> watch = CompletableFuture.supplyAsync(() -> shell.run(line, to, System.err));
        await().until(() -> !handlers().isEmpty());
        return watch;
    }

    private void record(long seq, TagId tag) {
        var event = BusEvents.wrap(
                new ReadingsRecorded(List.of(new RecordedReading(seq, false, FakeSouthbound.reading(tag, 71.5)))));
        handlers().forEach(handler -> handler.handleEvent(event));
    }

    private List<EventHandler> handlers() {
        return shell.framework.all(EventHandler.class);
    }
}
