package io.dinrail.shell.internal;

import io.dinrail.identity.api.Credentials;
import io.dinrail.identity.api.Role;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;

@Needs(Role.ADMIN)
@Command(scope = "dinrail", name = "credential-enable", description = "Lets a disabled credential in again")
final class CredentialEnableCommand extends PlatformCommand {
    @Argument(name = "name", description = "The login name", required = true)
    @Completion(CredentialNames.class)
    private String name;

    @Override
    void run(Call call) throws Exception {
        call.services().require(Credentials.class).enable(call.actor(), name);
        call.out().println("enabled credential " + name);
    }
}
