package io.dinrail.messaging.bridge.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dinrail.command.api.CommandState;
import io.dinrail.command.api.CommandWaker;
import io.dinrail.event.api.LossCounter;
import io.dinrail.json.api.Json;
import io.dinrail.json.api.JsonException;
import io.dinrail.json.api.JsonObject;
import io.dinrail.messaging.api.Message;
import io.dinrail.messaging.api.MessageListener;
import io.dinrail.model.api.DeviceId;
import io.dinrail.model.api.TagValue;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears devices' answers to commands on {@code commands/{device}/ack} and passes them to the router, which never blocks. */
@Component(
        service = {MessageListener.class, LossCounter.class},
        property = MessageListener.FILTER + "=commands/+/ack")
public final class CommandAnswers implements MessageListener, LossCounter {
    private static final Logger LOG = LoggerFactory.getLogger(CommandAnswers.class);
    private static final Map<String, CommandState> STATES = Map.of(
            "accepted", CommandState.ACKNOWLEDGED,
            "running", CommandState.ACKNOWLEDGED,
            "done", CommandState.SUCCEEDED,
            "failed", CommandState.FAILED,
            "rejected", CommandState.REJECTED);

    private final LossTally losses;
    private final CommandWaker router;

    @Activate
    public CommandAnswers(@Reference CommandWaker router) {
        this(router, Clock.systemUTC());
    }

    CommandAnswers(CommandWaker router, Clock clock) {
        this.router = router;
        this.losses = new LossTally(clock);
    }

    @Override
    public void heard(Message message, String sender, Instant at) {
        try {
            pass(new DeviceId(message.topic().split("/", -1)[1]), new String(message.payload(), UTF_8));
        } catch (JsonException | IllegalArgumentException e) {
            if (losses.count("commands.malformed-answers", sender)) {
                LOG.warn("{}: an answer to a command can't be read ({}); mend the device", sender, e.getMessage());
            }
        }
    }

    @Override
    public Map<String, Long> losses() {
        return losses.counts();
    }

    private void pass(DeviceId device, String json) throws JsonException {
        Map<String, TagValue> answer = Json.readObject(json);
        String id = text(answer, "id").orElseThrow(() -> new IllegalArgumentException("there is no id in it"));
        CommandState state = text(answer, "status")
                .map(STATES::get)
                .orElseThrow(() -> new IllegalArgumentException(
                        "its status is none of accepted, running, done, failed, rejected"));
        router.answered(device, id, state, result(answer));
    }

    /** The device's own result as it is, or its error as an object. */
    private static String result(Map<String, TagValue> answer) {
        Optional<TagValue> result = Optional.ofNullable(answer.get("result"));
        Optional<TagValue> error = Optional.ofNullable(answer.get("error"));
        return error.map(cause -> new JsonObject().put("error", cause).toString())
                .orElseGet(() -> result.map(Json::write).orElse(""));
    }

    private static Optional<String> text(Map<String, TagValue> answer, String key) {
        return Optional.ofNullable(answer.get(key))
                .filter(TagValue.Text.class::isInstance)
                .map(TagValue::toString);
    }
}
