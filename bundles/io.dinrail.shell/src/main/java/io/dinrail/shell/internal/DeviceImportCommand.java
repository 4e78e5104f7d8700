package io.dinrail.shell.internal;

import io.dinrail.device.api.DeviceRegister;
import io.dinrail.identity.api.Role;
import io.dinrail.json.api.JsonObject;
import io.dinrail.model.api.TagValue;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.support.completers.FileCompleter;

@Needs(Role.ENGINEER)
@Command(
        scope = "dinrail",
        name = "device-import",
        description = "Adds the devices of a CSV file with the columns id, fleet, gateway, type, site")
final class DeviceImportCommand extends PlatformCommand {
    @Argument(name = "file", description = "The file, on the server", required = true)
    @Completion(FileCompleter.class)
    private String file;

    @Option(name = "--json", description = "Print one JSON value and nothing else")
    private boolean json;

    @Override
    String recorded() {
        return file;
    }

    @Override
    void run(Call call) throws Exception {
        DeviceFile.Outcome outcome =
                new DeviceFile(call.services().require(DeviceRegister.class)).take(call.file(file));
        if (json) {
            call.out().println(json(outcome));
        } else {
            outcome.problems()
                    .forEach(problem -> call.out().println("line " + problem.line() + ": " + problem.reason()));
            call.out().println("imported " + outcome.imported() + " devices");
        }
        int refused = outcome.problems().size();
        if (refused > 0) {
            throw new Refused(refused + " of " + (refused + outcome.imported()) + " rows of " + file
                    + " were refused, the first on line "
                    + outcome.problems().get(0).line() + ": "
                    + outcome.problems().get(0).reason());
        }
    }

    private static JsonObject json(DeviceFile.Outcome outcome) {
        List<TagValue> refused = outcome.problems().stream()
                .map(problem -> new JsonObject()
                        .put("line", problem.line())
                        .put("reason", problem.reason())
                        .toValue())
                .toList();
        return new JsonObject().put("imported", outcome.imported()).put("refused", new TagValue.Array(refused));
    }
}
