package io.dinrail.shell.internal;

import io.dinrail.identity.api.Credential;
import io.dinrail.identity.api.Credentials;
import io.dinrail.identity.api.Issued;
import io.dinrail.json.api.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.jspecify.annotations.Nullable;

@Command(
        scope = "dinrail",
        name = "credential-issue",
        description = "Issues a credential and shows its password this once")
final class CredentialIssueCommand extends PlatformCommand {
    @Argument(name = "name", description = "The login name; of a device its id", required = true)
    @Completion(DeviceIds.class)
    private String name;

    @Option(name = "--rule-set", description = "What it may do: device (default) or backend")
    @Completion(
            value = StringsCompleter.class,
            values = {Credentials.DEVICE, Credentials.BACKEND})
    private String ruleSet = Credentials.DEVICE;

    @Option(
            name = "--client-ids",
            description = "MQTT client ids it may use, with commas between them; a * at the end stands for anything")
    private @Nullable String clientIds;

    @Option(name = "--json", description = "Print one JSON value and nothing else")
    private boolean json;

    @Override
    void run(Call call) throws Exception {
        Issued issued = call.services().require(Credentials.class).issue(name, ruleSet, wanted());
        Credential credential = issued.credential();
        if (json) {
            call.out()
                    .println(new JsonObject()
                            .put("username", credential.name())
                            .put("password", issued.secret())
                            .put("clientIds", credential.clientIds()));
        } else {
            call.out()
                    .println("username " + credential.name() + " password " + issued.secret() + " client ids "
                            + String.join(",", credential.clientIds()) + " (the password is not shown again)");
        }
    }

    private List<String> wanted() {
        return Stream.ofNullable(clientIds)
                .flatMap(list -> Stream.of(list.split(",")))
                .map(String::strip)
                .filter(id -> !id.isEmpty())
                .toList();
    }
}
