package io.dinrail.shell.internal;

import io.dinrail.connector.api.ConnectedTag;
import io.dinrail.connector.api.ConnectedTags;
import io.dinrail.connector.api.TagSpec;
import io.dinrail.event.api.LiveReadings;
import io.dinrail.identity.api.Role;
import io.dinrail.json.api.JsonObject;
import io.dinrail.model.api.Reading;
import io.dinrail.model.api.TagValue;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.jspecify.annotations.Nullable;

@Needs(Role.VIEWER)
@Command(scope = "dinrail", name = "tag-list", description = "Lists the tags with their newest readings")
final class TagListCommand extends ListQuery<TagRow> {
    @Option(name = "--connector", description = "Only this connector's")
    @Completion(ConnectorNames.class)
    private @Nullable String connector;

    @Option(name = "--device", description = "Only this device's")
    @Completion(DeviceIds.class)
    private @Nullable String device;

    @Override
    List<TagRow> find(Call call) throws Refused {
        Optional<ConnectedTags> connected = call.services().find(ConnectedTags.class);
        Optional<LiveReadings> live = connected.isPresent()
                ? call.services().find(LiveReadings.class)
                : Optional.of(call.services().require(LiveReadings.class));
        return TagRow.all(connected, live).stream()
                .filter(row -> connector == null
                        || row.connector().filter(connector::equals).isPresent())
                .filter(row -> device == null || row.id().device().value().equals(device))
                .toList();
    }

    @Override
    List<String> columns() {
        return List.of("device", "tag", "value", "unit", "quality", "at", "connector", "access");
    }

    @Override
    List<?> row(TagRow row) {
        return List.of(
                row.id().device(),
                row.id().tag(),
                Shown.cell(row.reading().flatMap(Reading::value)),
                Shown.cell(row.unit()),
                Shown.cell(row.reading().map(Reading::quality)),
                row.reading().map(Reading::sourceTime).map(Shown::cell).orElse("-"),
                Shown.cell(row.connector()),
                Shown.cell(row.connected().map(tag -> tag.spec().access())));
    }

    @Override
    TagValue element(TagRow row) {
        Optional<TagSpec> spec = row.connected().map(ConnectedTag::spec);
        return new JsonObject()
                .put("device", row.id().device().value())
                .put("tag", row.id().tag())
                .putOrNull("value", row.reading().flatMap(Reading::value))
                .putOrNull(
                        "quality",
                        Shown.text(
                                row.reading().map(reading -> reading.quality().level())))
                .putOrNull(
                        "status",
                        Shown.text(row.reading()
                                .map(reading -> reading.quality().status())
                                .orElse("")))
                .putOrNull("unit", Shown.text(row.unit()))
                .putOrNull("timestamp", Shown.time(row.reading().map(Reading::sourceTime)))
                .putOrNull("seq", row.newest().map(recorded -> TagValue.of(recorded.seq())))
                .putOrNull("connector", Shown.text(row.connector()))
                .putOrNull("address", Shown.text(spec.map(TagSpec::address)))
                .putOrNull("access", Shown.text(spec.map(TagSpec::access)))
                .toValue();
    }
}
