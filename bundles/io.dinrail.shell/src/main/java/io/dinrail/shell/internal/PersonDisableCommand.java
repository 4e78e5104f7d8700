package io.dinrail.shell.internal;

import io.dinrail.identity.api.People;
import io.dinrail.identity.api.Role;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;

@Needs(Role.ADMIN)
@Command(scope = "dinrail", name = "person-disable", description = "Keeps a person out everywhere, until enabled")
final class PersonDisableCommand extends PlatformCommand {
    @Argument(name = "name", description = "The login name", required = true)
    @Completion(PersonNames.class)
    private String name;

    @Override
    void run(Call call) throws Exception {
        call.services().require(People.class).disable(call.actor(), name, true);
        call.out().println("disabled person " + name);
    }
}
