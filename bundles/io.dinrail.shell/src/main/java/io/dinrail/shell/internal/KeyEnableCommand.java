package io.dinrail.shell.internal;

import io.dinrail.identity.api.ApiKeys;
import io.dinrail.identity.api.Role;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;

@Needs(Role.ADMIN)
@Command(scope = "dinrail", name = "key-enable", description = "Lets a disabled API key in again")
final class KeyEnableCommand extends PlatformCommand {
    @Argument(name = "key", description = "The key's id", required = true)
    @Completion(KeyIds.class)
    private String key;

    @Override
    void run(Call call) throws Exception {
        call.services().require(ApiKeys.class).disable(call.actor(), key, false);
        call.out().println("enabled key " + key);
    }
}
