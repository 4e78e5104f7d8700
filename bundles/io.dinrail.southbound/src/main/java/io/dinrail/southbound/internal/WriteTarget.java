package io.dinrail.southbound.internal;

import io.dinrail.command.api.Command;
import io.dinrail.command.api.CommandException;
import io.dinrail.command.api.CommandException.Reason;
import io.dinrail.command.api.CommandState;
import io.dinrail.command.api.CommandTarget;
import io.dinrail.connector.api.WriteResult;
import io.dinrail.connector.api.WriteResult.Verdict;
import io.dinrail.json.api.Json;
import io.dinrail.json.api.JsonException;
import io.dinrail.json.api.JsonObject;
import io.dinrail.model.api.DeviceId;
import io.dinrail.model.api.TagId;
import io.dinrail.model.api.TagValue;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Carries commands of the type {@code write} out: {@code {"tag": "setpoint", "value": 40}}. */
@Component(immediate = true) // it must know what is under way however the router comes and goes
public final class WriteTarget implements CommandTarget {
    private static final String TYPE = "write";
    private static final Set<String> MEMBERS = Set.of("tag", "value", "idempotent");

    /** What a command asks for. */
    private record Wish(TagId tag, TagValue value, boolean idempotent) {}

    private final HostTags tags;
    private final Flights flights = new Flights();

    @Activate
    public WriteTarget(@Reference HostTags tags) {
        this.tags = tags;
    }

    @Override
    public boolean serves(DeviceId device, String type) {
        return type.equals(TYPE) && tags.serves(device);
    }

    @Override
    public void check(DeviceId device, String type, String params) throws CommandException {
        Wish wish = wish(device, params);
        try {
            tags.checkWritable(wish.tag(), wish.value());
        } catch (IllegalArgumentException | NotConnectedException e) {
            throw new CommandException(Reason.REFUSED, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void deliver(Command command, Progress progress) {
        flights.begin(command.id(), progress).ifPresent(flight -> begin(command, flight));
    }

    private void begin(Command command, Flight flight) {
        if (command.state().ordinal() >= CommandState.SENT.ordinal()) {
            // whether the device has it nobody knows any more, and writing twice may do harm
            String why = "the platform restarted while it was being written: read the tag and send it again if needed";
            end(command, flight, CommandState.FAILED, new WriteResult(Verdict.UNVERIFIED, Optional.empty(), why));
            return;
        }
        try {
            Wish wish = wish(command.device(), command.params());
            tags.write(wish.tag(), wish.value(), command.expiresAt(), wish.idempotent(), flight::sent)
                    .whenComplete((result, failure) -> finish(command, flight, result, failure));
        } catch (CommandException e) {
            refuse(command, flight, e);
        }
    }

    private void finish(Command command, Flight flight, @Nullable WriteResult result, @Nullable Throwable failure) {
        if (result != null) {
            end(command, flight, state(result.verdict()), result);
        } else if (failure != null) {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            if (cause instanceof NotConnectedException) {
                flights.giveBack(command.id(), flight, String.valueOf(cause.getMessage()));
            } else {
                refuse(command, flight, cause);
            }
        }
    }

    private static CommandState state(Verdict verdict) {
        return switch (verdict) {
            case APPLIED -> CommandState.SUCCEEDED;
            case REFUSED -> CommandState.REJECTED;
            case CLAMPED, NOT_KEPT, UNVERIFIED -> CommandState.FAILED;
        };
    }

    private void refuse(Command command, Flight flight, Throwable why) {
        WriteResult refused = new WriteResult(Verdict.REFUSED, Optional.empty(), String.valueOf(why.getMessage()));
        end(command, flight, CommandState.REJECTED, refused);
    }

    private void end(Command command, Flight flight, CommandState state, WriteResult result) {
        JsonObject json = new JsonObject().put("verdict", result.verdict().toString());
        result.value().ifPresent(value -> json.put("value", value));
        if (!result.detail().isEmpty()) {
            json.put("detail", result.detail());
        }
        if (!result.code().isEmpty()) {
            json.put("code", result.code());
        }
        String text = json.toString();
        flights.end(command.id(), flight, listener -> listener.reached(state, text));
    }

    private static Wish wish(DeviceId device, String params) throws CommandException {
        try {
            Map<String, TagValue> fields = Json.readObject(params);
            TagValue tag = fields.get("tag");
            TagValue value = fields.get("value");
            TagValue idempotent = fields.getOrDefault("idempotent", TagValue.of(false));
            if (!MEMBERS.containsAll(fields.keySet())
                    || !(tag instanceof TagValue.Text name)
                    || !(idempotent instanceof TagValue.Bool again)
                    || value == null) {
                throw new CommandException(
                        Reason.REFUSED,
                        "the params of a write are {\"tag\": \"setpoint\", \"value\": 40}, with \"idempotent\": true where writing"
                                + " twice does no harm, not " + shown(params));
            }
            return new Wish(new TagId(device, name.value()), value, again.value());
        } catch (JsonException | IllegalArgumentException e) {
            throw new CommandException(Reason.REFUSED, "the params of a write are refused: " + e.getMessage());
        }
    }

    private static String shown(String params) {
        return params.length() > 120 ? params.substring(0, 120) + "…" : params;
    }
}
