package io.dinrail.shell.internal;

import io.dinrail.identity.api.Role;
import io.dinrail.identity.api.Tokens;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;

@Needs(Role.ADMIN)
@Command(scope = "dinrail", name = "token-revoke", description = "Ends a temporary token and closes its connections")
final class TokenRevokeCommand extends PlatformCommand {
    @Argument(name = "id", description = "The token", required = true)
    @Completion(TokenIds.class)
    private String id;

    @Override
    void run(Call call) throws Exception {
        call.services().require(Tokens.class).revoke(call.actor(), id);
        call.out().println("revoked token " + id);
    }
}
