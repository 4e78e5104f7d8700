package io.dinrail.shell.internal;

import io.dinrail.connector.api.Periods;
import io.dinrail.identity.api.ApiKeys;
import io.dinrail.identity.api.Role;
import io.dinrail.json.api.JsonObject;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;

@Needs(Role.ADMIN)
@Command(
        scope = "dinrail",
        name = "key-rotate",
        description = "Gives an API key a new secret and shows it this once; the old one works for a while")
final class KeyRotateCommand extends MakingCommand {
    @Argument(name = "key", description = "The key's id", required = true)
    @Completion(KeyIds.class)
    private String key;

    @Option(name = "--overlap", description = "How long the old secret still works (default 24h)")
    private String overlap = "24h";

    @Override
    JsonObject make(Call call) throws Exception {
        return KeyJson.of(call.services().require(ApiKeys.class).rotate(call.actor(), key, Periods.parse(overlap)));
    }
}
