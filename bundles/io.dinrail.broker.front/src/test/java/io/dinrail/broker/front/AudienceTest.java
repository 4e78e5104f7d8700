package io.dinrail.broker.front;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.messaging.api.Message;
import io.dinrail.messaging.api.MessageListener;
import io.dinrail.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AudienceTest {
    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-22T12:00:00Z"));
    private final Losses losses = new Losses(clock);
    private final Audience audience = new Audience(losses, clock);
    private final List<String> heard = new ArrayList<>();
    private final MessageListener before = (message, sender, at) -> heard.add("before " + text(message));
    private final MessageListener after = (message, sender, at) -> heard.add("after " + text(message));

    private static String text(Message message) {
        return new String(message.payload(), UTF_8);
    }

    private void say(String topic, String text) {
        audience.tell(new Message(topic, text.getBytes(UTF_8), 1, false), "press-1", clock.instant());
    }

    @Test
    void whatIsSaidWhileAListenerIsExchangedIsHeardInOrder() {
        audience.add(before, "telemetry/#");
        say("telemetry/press-1", "1");
        audience.remove(before);
        assertThat(audience.listensTo("telemetry/press-1")).isTrue();
        say("telemetry/press-1", "2");
        say("commands/press-1", "not for it");
        say("telemetry/press-1", "3");
        audience.add(after, "telemetry/#");
        say("telemetry/press-1", "4");
        assertThat(heard).containsExactly("before 1", "after 2", "after 3", "after 4");
        assertThat(losses.counts()).isEmpty();
    }

    @Test
    void aListenerThatStaysAwayCostsWhatItDidNotHearAndIsForgotten() {
        audience.add(before, "telemetry/#");
        audience.remove(before);
        say("telemetry/press-1", "1");
        clock.advance(Duration.ofSeconds(11));
        say("telemetry/press-1", "2");
        say("telemetry/press-1", "3");
        audience.add(after, "telemetry/#");
        assertThat(heard).isEmpty();
        assertThat(losses.counts()).containsEntry("listener.away", 2L);
    }

    @Test
    void beyondTheBoundWhatCannotBeHeldIsCounted() {
        audience.add(before, "telemetry/#");
        audience.remove(before);
        for (int i = 0; i < 10_005; i++) {
            say("telemetry/press-1", Integer.toString(i));
        }
        audience.add(after, "telemetry/#");
        assertThat(heard).hasSize(10_000).startsWith("after 0");
        assertThat(losses.counts()).containsEntry("listener.away", 5L);
    }
}
