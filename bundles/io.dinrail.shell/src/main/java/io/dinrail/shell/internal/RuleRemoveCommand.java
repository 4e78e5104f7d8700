package io.dinrail.shell.internal;

import io.dinrail.alert.api.RuleBook;
import io.dinrail.identity.api.Role;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;

@Needs(Role.ENGINEER)
@Command(scope = "dinrail", name = "rule-remove", description = "Removes a rule and clears its open alert")
final class RuleRemoveCommand extends PlatformCommand {
    @Argument(name = "name", description = "The rule", required = true)
    @Completion(RuleNames.class)
    private String name;

    @Override
    String recorded() {
        return name;
    }

    @Override
    void run(Call call) throws Exception {
        call.services().require(RuleBook.class).remove(name);
        call.out().println("removed rule " + name);
    }
}
