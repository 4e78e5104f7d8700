package io.dinrail.shell.internal;

import io.dinrail.identity.api.People;
import io.dinrail.identity.api.Role;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;

@Needs(Role.ADMIN)
@Command(scope = "dinrail", name = "person-remove", description = "Removes a person for good")
final class PersonRemoveCommand extends PlatformCommand {
    @Argument(name = "name", description = "The login name", required = true)
    @Completion(PersonNames.class)
    private String name;

    @Override
    void run(Call call) throws Exception {
        call.services().require(People.class).remove(call.actor(), name);
        call.out().println("removed person " + name);
    }
}
