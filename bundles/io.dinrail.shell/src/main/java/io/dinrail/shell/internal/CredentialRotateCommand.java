package io.dinrail.shell.internal;

import io.dinrail.connector.api.Periods;
import io.dinrail.identity.api.Credentials;
import io.dinrail.identity.api.Role;
import io.dinrail.json.api.JsonObject;
import java.time.Duration;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.jspecify.annotations.Nullable;

@Needs(Role.ADMIN)
@Command(
        scope = "dinrail",
        name = "credential-rotate",
        description = "Gives a credential a new password and shows it this once; the old one works for a while")
final class CredentialRotateCommand extends MakingCommand {
    @Argument(name = "name", description = "The login name", required = true)
    @Completion(CredentialNames.class)
    private String name;

    @Option(name = "--overlap", description = "How long the old password still works (default 24h)")
    private @Nullable String overlap;

    @Override
    JsonObject make(Call call) throws Exception {
        Duration both = overlap == null ? Credentials.USUAL_OVERLAP : Periods.parse(overlap);
        return CredentialJson.of(call.services().require(Credentials.class).rotate(call.actor(), name, both));
    }

    @Override
    String note() {
        return ONCE;
    }
}
