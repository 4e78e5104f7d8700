package io.dinrail.shell.internal;

import io.dinrail.identity.api.CredentialOrder;
import io.dinrail.identity.api.Credentials;
import io.dinrail.identity.api.Role;
import io.dinrail.json.api.JsonObject;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.jspecify.annotations.Nullable;

@Needs(Role.ADMIN)
@Command(
        scope = "dinrail",
        name = "credential-issue",
        description = "Issues a credential and shows its password this once")
final class CredentialIssueCommand extends MakingCommand {
    @Argument(
            name = "name",
            description =
                    "The login name, of a device its id; elsewhere than in the default organisation NAME@ORGANISATION",
            required = true)
    @Completion(DeviceIds.class)
    private String name;

    @Option(name = "--rule-set", description = "What it may do (default device)")
    @Completion(RuleSetNames.class)
    private String ruleSet = Credentials.DEVICE;

    @Option(
            name = "--client-ids",
            description = "MQTT client ids it may use, with commas between them; a * at the end stands for anything")
    private @Nullable String clientIds;

    @Option(name = "--display-name", description = "For people")
    private String displayName = "";

    @Option(name = "--expires", description = Times.END)
    private @Nullable String expires;

    @Option(
            name = "--password-file",
            description = "A file on the server with the secret that its owner holds already, at least 16 characters")
    @Completion(FileCompleter.class)
    private @Nullable String passwordFile;

    @Option(name = "--no-password", description = "For client certificates only")
    private boolean noPassword;

    @Override
    JsonObject make(Call call) throws Exception {
        CredentialOrder order = new CredentialOrder(
                name, Optional.of(ruleSet), Texts.list(clientIds), displayName, Times.end(expires), secret(call));
        return CredentialJson.of(call.services().require(Credentials.class).issue(call.actor(), order));
    }

    @Override
    String note() {
        return noPassword || passwordFile != null ? "(it has no other password)" : ONCE;
    }

    private CredentialOrder.SecretChoice secret(Call call) throws Refused {
        if (passwordFile != null) {
            return new CredentialOrder.SecretChoice.Given(
                    call.file(passwordFile).text().strip());
        }
        return noPassword ? new CredentialOrder.SecretChoice.None() : new CredentialOrder.SecretChoice.Generated();
    }
}
