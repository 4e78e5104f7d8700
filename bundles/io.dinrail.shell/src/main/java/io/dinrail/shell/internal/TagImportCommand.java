package io.dinrail.shell.internal;

import io.dinrail.connector.api.Connectors;
import io.dinrail.connector.api.TagImport;
import io.dinrail.identity.api.Role;
import io.dinrail.json.api.JsonObject;
import io.dinrail.model.api.TagId;
import io.dinrail.model.api.TagValue;
import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.support.completers.FileCompleter;

@Needs(Role.ENGINEER)
@Command(
        scope = "dinrail",
        name = "tag-import",
        description = "Shows what a CSV file of tags would change at a connector, and with --apply changes it")
final class TagImportCommand extends PlatformCommand {
    private static final int LARGEST = 64 << 20;

    @Argument(name = "connector", description = "The connector", required = true)
    @Completion(ConnectorNames.class)
    private String connector;

    @Argument(index = 1, name = "file", description = "The file, on the server", required = true)
    @Completion(FileCompleter.class)
    private String file;

    @Option(name = "--apply", description = "Put the file in the place of the connector's tags file")
    private boolean apply;

    @Option(name = "--json", description = "Print one JSON value and nothing else")
    private boolean json;

    @Override
    String recorded() {
        return apply ? connector + " " + file : "";
    }

    @Override
    void run(Call call) throws Exception {
        Connectors connectors = call.services().require(Connectors.class);
        String csv = call.file(file).text(LARGEST);
        TagImport difference = apply ? connectors.importTags(connector, csv) : connectors.compareTags(connector, csv);
        boolean applied = apply && difference.refused().isEmpty();
        if (json) {
            call.out().println(json(difference, applied));
        } else {
            print(difference, applied, call.out());
        }
        if (!difference.refused().isEmpty()) {
            throw new Refused(difference.refused().size() + " rows of " + file
                    + " are refused, so nothing was changed, the first: "
                    + difference.refused().get(0));
        }
    }

    private static void print(TagImport difference, boolean applied, PrintStream out) {
        difference.added().forEach(tag -> out.println("+ " + tag));
        difference
                .changed()
                .forEach(change -> out.println("~ " + change.tag() + "  " + String.join(", ", change.columns())));
        difference.removed().forEach(tag -> out.println("- " + tag));
        difference.refused().forEach(problem -> out.println("! " + problem));
        out.println(
                difference.added().size() + " added, " + difference.changed().size() + " changed, "
                        + difference.removed().size() + " removed, " + difference.unchanged() + " unchanged"
                        + (applied ? ": applied" : ": nothing is changed yet"));
    }

    private static JsonObject json(TagImport difference, boolean applied) {
        List<TagValue> changed = difference.changed().stream()
                .map(change -> new JsonObject()
                        .put("tag", change.tag().toString())
                        .put("columns", change.columns())
                        .toValue())
                .toList();
        return new JsonObject()
                .put("applied", applied)
                .put("added", ids(difference.added()))
                .put("changed", new TagValue.Array(changed))
                .put("removed", ids(difference.removed()))
                .put("unchanged", difference.unchanged())
                .put("refused", difference.refused());
    }

    private static List<String> ids(List<TagId> tags) {
        return tags.stream().map(TagId::toString).toList();
    }
}
