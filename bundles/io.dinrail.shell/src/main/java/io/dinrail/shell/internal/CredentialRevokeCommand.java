package io.dinrail.shell.internal;

import io.dinrail.identity.api.Credentials;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;

@Command(
        scope = "dinrail",
        name = "credential-revoke",
        description = "Revokes a credential for good and closes its connections")
final class CredentialRevokeCommand extends PlatformCommand {
    @Argument(name = "name", description = "The login name", required = true)
    @Completion(CredentialNames.class)
    private String name;

    @Override
    void run(Call call) throws Exception {
        call.services().require(Credentials.class).revoke(name);
        call.out().println("revoked credential " + name);
    }
}
