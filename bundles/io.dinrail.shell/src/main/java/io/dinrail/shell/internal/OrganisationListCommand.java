package io.dinrail.shell.internal;

import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Organisations;
import io.dinrail.identity.api.Role;
import io.dinrail.json.api.JsonObject;
import io.dinrail.model.api.TagValue;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;

@Needs(Role.VIEWER)
@Command(scope = "dinrail", name = "organisation-list", description = "Lists the organisations")
final class OrganisationListCommand extends ListQuery<Organisation> {
    @Override
    List<Organisation> find(Call call) throws Refused {
        return call.services().require(Organisations.class).list();
    }

    @Override
    List<String> columns() {
        return List.of(
                "id", "name", "aliases", "state", "default rule set", "connections", "on refused publish", "created");
    }

    @Override
    List<?> row(Organisation organisation) {
        return List.of(
                organisation.id(),
                organisation.displayName(),
                Shown.cell(String.join(",", organisation.aliases())),
                organisation.disabled() ? "disabled" : "active",
                organisation.defaultRuleSet(),
                organisation.maxConnections() == 0 ? "any" : organisation.maxConnections(),
                organisation.closesOnRefusedPublish() ? "close" : "drop",
                Shown.cell(organisation.createdAt()));
    }

    @Override
    TagValue element(Organisation organisation) {
        return new JsonObject()
                .put("id", organisation.id())
                .put("name", organisation.displayName())
                .put("aliases", organisation.aliases())
                .put("disabled", organisation.disabled())
                .put("defaultRuleSet", organisation.defaultRuleSet())
                .put("maxConnections", organisation.maxConnections())
                .put("closesOnRefusedPublish", organisation.closesOnRefusedPublish())
                .put("createdAt", organisation.createdAt())
                .toValue();
    }
}
