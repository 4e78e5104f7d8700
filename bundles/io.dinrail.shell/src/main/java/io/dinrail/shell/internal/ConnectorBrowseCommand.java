package io.dinrail.shell.internal;

import io.dinrail.connector.api.BrowseEntry;
import io.dinrail.connector.api.Connectors;
import io.dinrail.connector.api.TagSpec;
import io.dinrail.identity.api.Role;
import io.dinrail.json.api.JsonObject;
import io.dinrail.model.api.TagValue;
import java.util.List;
import java.util.Locale;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;

@Needs(Role.VIEWER)
@Command(
        scope = "dinrail",
        name = "connector-browse",
        description = "Lists what a connector's device shows beneath a node, or at its top")
final class ConnectorBrowseCommand extends ListQuery<BrowseEntry> {
    @Argument(name = "name", description = "The connector", required = true)
    @Completion(ConnectorNames.class)
    private String name;

    @Argument(index = 1, name = "node", description = "The id of a node that was listed before")
    private String node = "";

    @Option(name = "--match", description = "Only what has this in its name or id, in whatever case")
    private String match = "";

    @Override
    List<BrowseEntry> find(Call call) throws Exception {
        List<BrowseEntry> all =
                Patience.await(call.services().require(Connectors.class).browse(name, node), "browsing " + name);
        String wanted = match.toLowerCase(Locale.ROOT);
        return all.stream()
                .filter(entry -> (entry.name() + "\n" + entry.id())
                        .toLowerCase(Locale.ROOT)
                        .contains(wanted))
                .toList();
    }

    @Override
    List<String> columns() {
        return List.of("id", "name", "kind", "type", "access", "more");
    }

    @Override
    List<?> row(BrowseEntry entry) {
        return List.of(
                entry.id(),
                entry.name(),
                Shown.cell(entry.kind()),
                Shown.cell(entry.type()),
                Shown.cell(entry.access()),
                entry.hasChildren() ? "yes" : "-");
    }

    @Override
    TagValue element(BrowseEntry entry) {
        return new JsonObject()
                .put("id", entry.id())
                .put("name", entry.name())
                .put("kind", entry.kind())
                .putOrNull("type", Shown.text(entry.type()))
                .putOrNull("access", Shown.text(entry.access().map(TagSpec.Access::toString)))
                .put("hasChildren", entry.hasChildren())
                .toValue();
    }
}
