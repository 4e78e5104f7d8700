package io.dinrail.shell.internal;

import io.dinrail.connector.api.Periods;
import io.dinrail.identity.api.Credentials;
import io.dinrail.identity.api.Enrolment;
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
        name = "enrolment-open",
        description =
                "Makes a one-time code with which a device or gateway gets its credential, and shows it this once")
final class EnrolmentOpenCommand extends MakingCommand {
    @Argument(name = "name", description = "The login name that is to get a credential", required = true)
    @Completion(DeviceIds.class)
    private String name;

    @Option(name = "--rule-set", description = "What it will get (default device)")
    @Completion(RuleSetNames.class)
    private String ruleSet = Credentials.DEVICE;

    @Option(name = "--expires", description = "How long the code works, 1m to 30d (default 24h)")
    private @Nullable String expires;

    @Override
    JsonObject make(Call call) throws Exception {
        Duration life = expires == null ? Enrolment.USUAL_LIFE : Periods.parse(expires);
        return new JsonObject()
                .put("username", name)
                .put("code", call.services().require(Enrolment.class).open(call.actor(), name, ruleSet, life))
                .put("expiresAt", Times.now().plus(life));
    }
}
