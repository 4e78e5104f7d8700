package io.dinrail.shell.internal;

import io.dinrail.alert.api.Rule;
import io.dinrail.alert.api.RuleBook;
import io.dinrail.identity.api.Role;
import io.dinrail.json.api.JsonObject;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;

@Needs(Role.VIEWER)
@Command(scope = "dinrail", name = "rule-show", description = "Shows one rule; with --json as a rule file")
final class RuleShowCommand extends ShowQuery<Rule> {
    @Argument(name = "name", description = "The rule", required = true)
    @Completion(RuleNames.class)
    private String name;

    @Override
    Rule find(Call call) throws Refused {
        return call.services().require(RuleBook.class).list().stream()
                .filter(rule -> rule.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new Refused("rule '" + name + "' is unknown: dinrail:rule-list shows the known ones"));
    }

    @Override
    JsonObject object(Rule rule) {
        return RuleJson.of(rule);
    }
}
