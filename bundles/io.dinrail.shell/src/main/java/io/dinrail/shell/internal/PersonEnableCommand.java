package io.dinrail.shell.internal;

import io.dinrail.identity.api.People;
import io.dinrail.identity.api.Role;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;

@Needs(Role.ADMIN)
@Command(scope = "dinrail", name = "person-enable", description = "Lets a disabled person in again")
final class PersonEnableCommand extends PlatformCommand {
    @Argument(name = "name", description = "The login name", required = true)
    @Completion(PersonNames.class)
    private String name;

    @Override
    void run(Call call) throws Exception {
        call.services().require(People.class).disable(call.actor(), name, false);
        call.out().println("enabled person " + name);
    }
}
