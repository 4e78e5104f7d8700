package io.dinrail.shell.internal;

import io.dinrail.alert.api.Rule;
import io.dinrail.alert.api.RuleBook;
import io.dinrail.connector.api.Periods;
import io.dinrail.identity.api.Role;
import io.dinrail.model.api.TagValue;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;

@Needs(Role.VIEWER)
@Command(scope = "dinrail", name = "rule-list", description = "Lists the rules that raise alerts")
final class RuleListCommand extends ListQuery<Rule> {
    @Override
    List<Rule> find(Call call) throws Refused {
        return call.services().require(RuleBook.class).list();
    }

    @Override
    List<String> columns() {
        return List.of("name", "device", "tag", "condition", "hysteresis", "delay", "severity", "message");
    }

    @Override
    List<?> row(Rule rule) {
        return List.of(
                rule.name(),
                rule.tag().device(),
                rule.tag().tag(),
                rule.condition() + " " + rule.limit(),
                rule.hysteresis(),
                Periods.format(rule.delay()),
                rule.severity(),
                rule.message());
    }

    @Override
    TagValue element(Rule rule) {
        return RuleJson.of(rule).toValue();
    }
}
