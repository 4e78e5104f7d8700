package io.dinrail.shell.internal;

import io.dinrail.identity.api.ApiKeys;
import io.dinrail.identity.api.Role;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;

@Needs(Role.ADMIN)
@Command(scope = "dinrail", name = "key-delete", description = "Deletes an API key for good and closes its connections")
final class KeyDeleteCommand extends PlatformCommand {
    @Argument(name = "key", description = "The key's id", required = true)
    @Completion(KeyIds.class)
    private String key;

    @Override
    void run(Call call) throws Exception {
        call.services().require(ApiKeys.class).delete(call.actor(), key);
        call.out().println("deleted key " + key);
    }
}
