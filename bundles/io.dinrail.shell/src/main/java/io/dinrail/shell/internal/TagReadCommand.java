package io.dinrail.shell.internal;

import io.dinrail.connector.api.ConnectedTags;
import io.dinrail.event.api.LiveReadings;
import io.dinrail.event.api.RecordedReading;
import io.dinrail.identity.api.Role;
import io.dinrail.json.api.JsonObject;
import io.dinrail.model.api.Reading;
import io.dinrail.model.api.TagId;
import io.dinrail.model.api.TagValue;
import java.io.PrintStream;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;

@Needs(Role.VIEWER)
@Command(
        scope = "dinrail",
        name = "tag-read",
        description = "Reads a tag now; of a device that reports by itself, its newest reading")
final class TagReadCommand extends Query<JsonObject> {
    @Argument(name = "device", description = "The device", required = true)
    @Completion(TagDevices.class)
    private String device;

    @Argument(index = 1, name = "tag", description = "The tag", required = true)
    @Completion(TagNames.class)
    private String tag;

    private String line = "";

    @Override
    JsonObject find(Call call) throws Exception {
        TagId id = TagId.of(device, tag);
        Optional<ConnectedTags> tags = call.services().find(ConnectedTags.class);
        if (tags.flatMap(known -> known.find(id))
                .filter(known -> known.spec().access().reads())
                .isPresent()) {
            Reading reading = Patience.await(tags.get().read(id), "reading " + id);
            line = ReadingForm.line(reading);
            return ReadingForm.json(reading, OptionalLong.empty());
        }
        RecordedReading newest = call.services()
                .require(LiveReadings.class)
                .latest(id)
                .orElseThrow(
                        () -> new Refused("nothing is known of tag " + id + ": dinrail:tag-list shows the known ones"));
        line = ReadingForm.line(newest.reading());
        return ReadingForm.json(newest);
    }

    @Override
    TagValue json(JsonObject found) {
        return found.toValue();
    }

    @Override
    void print(JsonObject found, PrintStream out) {
        out.println(line);
    }
}
