package io.dinrail.shell.internal;

import io.dinrail.command.api.CommandRouter;
import io.dinrail.connector.api.ConnectedTags;
import io.dinrail.identity.api.Role;
import io.dinrail.json.api.JsonObject;
import io.dinrail.model.api.TagId;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;

@Needs(Role.OPERATOR)
@Command(scope = "dinrail", name = "tag-write", description = "Writes a tag and tells whether the value was kept")
final class TagWriteCommand extends PlatformCommand {
    @Argument(name = "device", description = "The device", required = true)
    @Completion(TagDevices.class)
    private String device;

    @Argument(index = 1, name = "tag", description = "The tag", required = true)
    @Completion(TagNames.class)
    private String tag;

    @Argument(
            index = 2,
            name = "value",
            description = "true, false, a number, or text ('\"40\"' is text)",
            required = true)
    private String value;

    @Option(name = "--json", description = "Print one JSON value and nothing else")
    private boolean json;

    @Override
    String recorded() {
        return device + "/" + tag + " " + value;
    }

    @Override
    void run(Call call) throws Exception {
        TagId id = TagId.of(device, tag);
        Optional<CommandRouter> router = call.services().find(CommandRouter.class);
        Verdict verdict = router.isPresent()
                ? send(router.get(), id, call.user())
                : write(call.services().require(ConnectedTags.class), id);
        if (json) {
            call.out().println(verdict.json());
        } else if (verdict.applied()) {
            call.out().println(verdict.sentence(id));
        }
        if (!verdict.applied()) {
            throw new Refused(verdict.sentence(id));
        }
    }

    private Verdict send(CommandRouter router, TagId id, String by) throws Exception {
        String params = new JsonObject()
                .put("tag", id.tag())
                .put("value", Values.parse(value))
                .toString();
        String command =
                router.send(id.device(), "write", params, by, Patience.LONGEST).id();
        // a little longer than it may take, so that its expiry is heard of
        return Verdict.of(router.await(command, Patience.LONGEST.plusSeconds(2)));
    }

    private Verdict write(ConnectedTags tags, TagId id) throws Exception {
        Instant expires = Instant.now(Clock.systemUTC()).plus(Patience.LONGEST);
        return Verdict.of(Patience.await(tags.write(id, Values.parse(value), expires), "writing " + id));
    }
}
