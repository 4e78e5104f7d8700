package io.dinrail.shell.internal;

import io.dinrail.identity.api.ApiKey;
import io.dinrail.identity.api.ApiKeys;
import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Role;
import io.dinrail.json.api.JsonObject;
import java.util.Set;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.jspecify.annotations.Nullable;

@Needs(Role.ADMIN)
@Command(scope = "dinrail", name = "key-create", description = "Makes an API key and shows its secret this once")
final class KeyCreateCommand extends MakingCommand {
    @Argument(name = "name", description = "For people", required = true)
    private String name;

    @Option(name = "--patterns", description = "The channels it may use, with commas between them (default **)")
    private @Nullable String patterns;

    @Option(name = "--actions", description = "Some of publish, subscribe, presence, send, command (default: all)")
    private @Nullable String actions;

    @Option(name = "--org", description = "The organisation: its id or an alias")
    @Completion(OrganisationIds.class)
    private String org = Organisation.DEFAULT;

    @Option(name = "--publishable", description = "For web pages: it has no secret and signs nothing")
    private boolean publishable;

    @Option(
            name = "--origins",
            description = "The web origins that may use a publishable key, with commas between them (default: any)")
    private @Nullable String origins;

    @Override
    JsonObject make(Call call) throws Exception {
        ApiKeys keys = call.services().require(ApiKeys.class);
        String organisation = Orgs.id(call.services(), org);
        Set<ApiKey.Permission> permissions = Texts.choices(ApiKey.Permission.class, actions);
        if (!publishable && origins != null) {
            throw new Refused("--origins is for publishable keys: add --publishable, or leave it out");
        }
        return KeyJson.of(
                publishable
                        ? keys.createPublishable(
                                call.actor(),
                                organisation,
                                name,
                                Texts.list(patterns),
                                permissions,
                                Texts.list(origins))
                        : keys.create(call.actor(), organisation, name, Texts.list(patterns), permissions));
    }

    @Override
    String note() {
        return publishable ? "(it has no secret)" : super.note();
    }
}
