package io.dinrail.shell.internal;

import io.dinrail.identity.api.Enrolment;
import io.dinrail.identity.api.Role;
import io.dinrail.json.api.JsonObject;
import io.dinrail.model.api.TagValue;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;

@Needs(Role.VIEWER)
@Command(
        scope = "dinrail",
        name = "enrolment-list",
        description = "Lists the enrolments that are open, without their codes")
final class EnrolmentListCommand extends ListQuery<Enrolment.OpenEnrolment> {
    @Override
    List<Enrolment.OpenEnrolment> find(Call call) throws Refused {
        return call.services().require(Enrolment.class).list();
    }

    @Override
    List<String> columns() {
        return List.of("name", "rule set", "expires");
    }

    @Override
    List<?> row(Enrolment.OpenEnrolment open) {
        return List.of(open.login(), open.ruleSet(), Shown.cell(open.expiresAt()));
    }

    @Override
    TagValue element(Enrolment.OpenEnrolment open) {
        return new JsonObject()
                .put("name", open.login())
                .put("ruleSet", open.ruleSet())
                .put("expiresAt", open.expiresAt())
                .toValue();
    }
}
