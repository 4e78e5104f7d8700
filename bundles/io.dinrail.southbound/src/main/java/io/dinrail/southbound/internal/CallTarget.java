package io.dinrail.southbound.internal;

import io.dinrail.command.api.Command;
import io.dinrail.command.api.CommandException;
import io.dinrail.command.api.CommandException.Reason;
import io.dinrail.command.api.CommandState;
import io.dinrail.command.api.CommandTarget;
import io.dinrail.json.api.Json;
import io.dinrail.json.api.JsonException;
import io.dinrail.json.api.JsonObject;
import io.dinrail.model.api.DeviceId;
import io.dinrail.model.api.TagId;
import io.dinrail.model.api.TagValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Carries commands of the type {@code call} out: {@code {"tag": "reset", "arguments": [1, "all"]}}, the tag being of the type {@code method}. */
@Component(immediate = true) // it must know what is under way however the router comes and goes
public final class CallTarget implements CommandTarget {
    private static final String TYPE = "call";
    private static final Set<String> MEMBERS = Set.of("tag", "arguments");

    /** What a command asks for. */
    private record Wish(TagId method, List<TagValue> arguments) {}

    private final HostTags tags;
    private final Flights flights = new Flights();

    @Activate
    public CallTarget(@Reference HostTags tags) {
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
            tags.checkCallable(wish.method());
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
            // whether the device has done it nobody knows any more, and doing it twice may do harm
            end(command, flight, CommandState.FAILED, detail("the platform restarted while it was being called"));
            return;
        }
        try {
            Wish wish = wish(command.device(), command.params());
            tags.call(wish.method(), wish.arguments(), command.expiresAt(), flight::sent)
                    .whenComplete((outcome, failure) -> finish(command, flight, outcome, failure));
        } catch (CommandException e) {
            end(command, flight, CommandState.REJECTED, detail(String.valueOf(e.getMessage())));
        }
    }

    private void finish(Command command, Flight flight, @Nullable List<TagValue> outcome, @Nullable Throwable failure) {
        if (outcome != null) {
            JsonObject result = new JsonObject().put("outcome", new TagValue.Array(outcome));
            end(command, flight, CommandState.SUCCEEDED, result);
        } else if (failure != null) {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            String why = String.valueOf(cause.getMessage());
            if (cause instanceof NotConnectedException) {
                flights.giveBack(command.id(), flight, why);
            } else {
                boolean refused = cause instanceof IllegalArgumentException;
                end(command, flight, refused ? CommandState.REJECTED : CommandState.FAILED, detail(why));
            }
        }
    }

    private static JsonObject detail(String why) {
        return new JsonObject().put("detail", why);
    }

    private void end(Command command, Flight flight, CommandState state, JsonObject result) {
        String text = result.toString();
        flights.end(command.id(), flight, listener -> listener.reached(state, text));
    }

    private static Wish wish(DeviceId device, String params) throws CommandException {
        try {
            Map<String, TagValue> fields = Json.readObject(params);
            TagValue arguments = fields.getOrDefault("arguments", new TagValue.Array(List.of()));
            if (!MEMBERS.containsAll(fields.keySet())
                    || !(fields.get("tag") instanceof TagValue.Text name)
                    || !(arguments instanceof TagValue.Array array)) {
                throw new CommandException(
                        Reason.REFUSED, "the params of a call are {\"tag\": \"reset\", \"arguments\": [1, \"all\"]}");
            }
            return new Wish(new TagId(device, name.value()), array.values());
        } catch (JsonException | IllegalArgumentException e) {
            throw new CommandException(Reason.REFUSED, "the params of a call are refused: " + e.getMessage());
        }
    }
}
