package io.dinrail.shell.internal;

import io.dinrail.identity.api.Role;
import io.dinrail.identity.api.RuleSetInfo;
import io.dinrail.identity.api.RuleSets;
import io.dinrail.json.api.JsonObject;
import io.dinrail.model.api.TagValue;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;

@Needs(Role.VIEWER)
@Command(scope = "dinrail", name = "acl-list", description = "Lists the rule sets")
final class AclListCommand extends ListQuery<RuleSetInfo> {
    @Override
    List<RuleSetInfo> find(Call call) throws Refused {
        return call.services().require(RuleSets.class).list();
    }

    @Override
    List<String> columns() {
        return List.of("name", "organisation", "shipped", "rules", "credentials", "fault");
    }

    @Override
    List<?> row(RuleSetInfo set) {
        return List.of(
                set.name(),
                set.organisation(),
                set.shipped() ? "yes" : "no",
                set.rules(),
                set.credentials(),
                Shown.cell(set.fault()));
    }

    @Override
    TagValue element(RuleSetInfo set) {
        return new JsonObject()
                .put("name", set.name())
                .put("organisation", set.organisation())
                .put("shipped", set.shipped())
                .put("rules", set.rules())
                .put("credentials", set.credentials())
                .putOrNull("fault", Shown.text(set.fault()))
                .toValue();
    }
}
