package io.dinrail.shell.internal;

import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Organisations;
import io.dinrail.identity.api.Role;
import io.dinrail.json.api.JsonObject;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;

@Needs(Role.ADMIN)
@Command(scope = "dinrail", name = "organisation-add", description = "Adds an organisation and shows its id")
final class OrganisationAddCommand extends MakingCommand {
    @Argument(name = "name", description = "For people", required = true)
    private String name;

    @Override
    JsonObject make(Call call) throws Exception {
        Organisation added = call.services().require(Organisations.class).add(call.actor(), name);
        return new JsonObject().put("organisation", added.id());
    }

    @Override
    String note() {
        return "was added";
    }
}
