package io.dinrail.shell.internal;

import io.dinrail.identity.api.Credentials;
import io.dinrail.identity.api.Role;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;

@Needs(Role.ADMIN)
@Command(
        scope = "dinrail",
        name = "credential-revoke",
        description = "Revokes a credential for good, closes its connections and drops what waits for it")
final class CredentialRevokeCommand extends PlatformCommand {
    @Argument(name = "name", description = "The login name", required = true)
    @Completion(CredentialNames.class)
    private String name;

    @Override
    void run(Call call) throws Exception {
        call.services().require(Credentials.class).revoke(call.actor(), name);
        call.out().println("revoked credential " + name);
    }
}
