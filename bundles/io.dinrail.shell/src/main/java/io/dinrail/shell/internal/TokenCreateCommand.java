package io.dinrail.shell.internal;

import io.dinrail.connector.api.Periods;
import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Principal;
import io.dinrail.identity.api.Role;
import io.dinrail.identity.api.Tokens;
import io.dinrail.json.api.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.jspecify.annotations.Nullable;

@Needs(Role.ADMIN)
@Command(
        scope = "dinrail",
        name = "token-create",
        description = "Makes a temporary MQTT credential and shows its password this once")
final class TokenCreateCommand extends MakingCommand {
    @Argument(name = "identity", description = "Whom it stands for, such as an e-mail address", required = true)
    private String identity;

    @Option(name = "--rule-set", description = "What it may do (default: what the organisation's credentials have)")
    @Completion(RuleSetNames.class)
    private @Nullable String ruleSet;

    @Option(name = "--org", description = "The organisation: its id or an alias")
    @Completion(OrganisationIds.class)
    private String org = Organisation.DEFAULT;

    @Option(name = "--expires", description = "How long it works, 1m to 24h (default 1h)")
    private @Nullable String expires;

    @Option(name = "--claim", description = "NAME=VALUE that rules may refer to; may be given more than once")
    private List<String> claims = List.of();

    @Option(name = "--replace", description = "Older tokens of the same identity stop working")
    private boolean replace;

    @Override
    JsonObject make(Call call) throws Exception {
        Tokens.TokenOrder order = new Tokens.TokenOrder(
                Orgs.id(call.services(), org),
                identity,
                Optional.ofNullable(ruleSet),
                pairs(),
                expires == null ? Tokens.USUAL_LIFE : Periods.parse(expires),
                replace);
        Tokens.NewToken made = call.services().require(Tokens.class).create(call.actor(), order);
        return new JsonObject()
                .put("id", made.token().id())
                .put(
                        "username",
                        Principal.login(
                                made.token().organisation(), made.token().name()))
                .put("password", made.password())
                .put("expiresAt", made.token().expiresAt())
                .put("refreshAt", made.refreshAt());
    }

    private Map<String, String> pairs() throws Refused {
        Map<String, String> pairs = new HashMap<>();
        for (String claim : claims) {
            int equals = claim.indexOf('=');
            if (equals < 1 || pairs.put(claim.substring(0, equals), claim.substring(equals + 1)) != null) {
                throw new Refused("claim '" + claim + "' is refused: write NAME=VALUE, each name once");
            }
        }
        return pairs;
    }

    @Override
    String note() {
        return ONCE;
    }
}
