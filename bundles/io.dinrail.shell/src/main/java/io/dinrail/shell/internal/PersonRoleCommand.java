package io.dinrail.shell.internal;

import io.dinrail.identity.api.People;
import io.dinrail.identity.api.Role;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.support.completers.StringsCompleter;

@Needs(Role.ADMIN)
@Command(
        scope = "dinrail",
        name = "person-role",
        description = "Gives a person another role; open shells with the old one are closed")
final class PersonRoleCommand extends PlatformCommand {
    @Argument(name = "name", description = "The login name", required = true)
    @Completion(PersonNames.class)
    private String name;

    @Argument(index = 1, name = "role", description = "viewer, operator, engineer or admin", required = true)
    @Completion(
            value = StringsCompleter.class,
            values = {"viewer", "operator", "engineer", "admin"})
    private String role;

    @Override
    void run(Call call) throws Exception {
        call.services().require(People.class).role(call.actor(), name, Texts.choice(Role.class, role));
        call.out().println("person " + name + " is " + role + " now; shells opened before are closed");
    }
}
