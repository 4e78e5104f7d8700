package io.dinrail.shell.internal;

import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Decision;
import io.dinrail.identity.api.Identity;
import io.dinrail.identity.api.Role;
import io.dinrail.identity.api.RuleSets;
import io.dinrail.json.api.JsonObject;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.jspecify.annotations.Nullable;

@Needs(Role.VIEWER)
@Command(
        scope = "dinrail",
        name = "acl-explain",
        description = "Tells whether somebody may publish or subscribe, and which rule decides")
final class AclExplainCommand extends ShowQuery<Decision> {
    @Argument(name = "principal", description = "The login name", required = true)
    @Completion(CredentialNames.class)
    private String principal;

    @Argument(index = 1, name = "action", description = "publish or subscribe", required = true)
    @Completion(
            value = StringsCompleter.class,
            values = {"publish", "subscribe"})
    private String action;

    @Argument(index = 2, name = "topic", description = "The topic or filter, in quotes", required = true)
    private String topic;

    @Option(name = "--client-id", description = "The client id it would use (default: its name)")
    private @Nullable String clientId;

    @Option(name = "--document", description = "Decide as if this file were in force for it; for admins")
    @Completion(FileCompleter.class)
    private @Nullable String document;

    @Override
    Decision find(Call call) throws Exception {
        Action wanted = Texts.choice(Action.class, action);
        String client = Optional.ofNullable(clientId).orElseGet(() -> principal.split("@", 2)[0]);
        if (document == null) {
            return call.services().require(Identity.class).explain(principal, client, wanted, topic);
        }
        if (!call.caller().isAdmin()) {
            throw new Refused("--document reads a file on the server, which needs the role admin");
        }
        return call.services()
                .require(RuleSets.class)
                .simulate(call.file(document).text(), principal, client, wanted, topic);
    }

    @Override
    JsonObject object(Decision decision) {
        JsonObject variables = new JsonObject();
        new TreeMap<>(decision.variables()).forEach(variables::put);
        return new JsonObject()
                .put("allowed", decision.allowed())
                .put("rule", decision.rule())
                .put("variables", variables.toValue());
    }
}
