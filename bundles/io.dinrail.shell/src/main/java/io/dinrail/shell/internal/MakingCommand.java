package io.dinrail.shell.internal;

import io.dinrail.json.api.Json;
import io.dinrail.json.api.JsonObject;
import io.dinrail.model.api.TagValue;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Option;

/** A command that makes something and shows it this once: on one line, or as one JSON object. */
abstract class MakingCommand extends PlatformCommand {
    static final String ONCE = "(the password is not shown again)";

    @Option(name = "--json", description = "Print one JSON value and nothing else")
    private boolean json;

    abstract JsonObject make(Call call) throws Exception;

    /** What to say to a person besides. */
    String note() {
        return "(not shown again)";
    }

    @Override
    final void run(Call call) throws Exception {
        JsonObject made = make(call);
        call.out().println(json ? made.toString() : line(made) + " " + note());
    }

    private static String line(JsonObject made) {
        Map<String, TagValue> members = ((TagValue.Structure) made.toValue()).fields();
        return members.entrySet().stream()
                .filter(member -> !Json.write(member.getValue()).equals("null"))
                .map(member -> words(member.getKey()) + " " + plain(member.getValue()))
                .collect(Collectors.joining(" "));
    }

    private static String words(String key) {
        return key.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }

    private static String plain(TagValue value) {
        return value instanceof TagValue.Array array
                ? array.values().stream().map(MakingCommand::plain).collect(Collectors.joining(","))
                : Shown.plain(value);
    }
}
