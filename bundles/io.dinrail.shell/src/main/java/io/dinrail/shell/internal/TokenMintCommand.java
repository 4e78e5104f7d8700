package io.dinrail.shell.internal;

import io.dinrail.connector.api.Periods;
import io.dinrail.identity.api.ApiKey;
import io.dinrail.identity.api.ApiKeys;
import io.dinrail.identity.api.Role;
import io.dinrail.json.api.JsonObject;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.jspecify.annotations.Nullable;

@Needs(Role.ADMIN)
@Command(
        scope = "dinrail",
        name = "token-mint",
        description = "Signs a JSON Web Token with an API key and shows it this once")
final class TokenMintCommand extends MakingCommand {
    @Argument(name = "key", description = "The key's id", required = true)
    @Completion(KeyIds.class)
    private String key;

    @Option(name = "--peer", description = "The name of its bearer")
    private String peer = "";

    @Option(
            name = "--channels",
            description = "Names or patterns, with commas between them (default: what the key may use)")
    private @Nullable String channels;

    @Option(
            name = "--permissions",
            description = "Some of publish, subscribe, presence, send, command (default: what the key may do)")
    private @Nullable String permissions;

    @Option(name = "--expires", description = "How long it works (default 1h)")
    private String expires = "1h";

    @Override
    JsonObject make(Call call) throws Exception {
        if (peer.isEmpty()) {
            throw new Refused("a token has a bearer: give --peer");
        }
        ApiKeys.TokenOrder order = new ApiKeys.TokenOrder(
                peer,
                Optional.ofNullable(channels).map(Texts::list),
                permissions == null
                        ? Optional.empty()
                        : Optional.of(Texts.choices(ApiKey.Permission.class, permissions)),
                Periods.parse(expires));
        return new JsonObject()
                .put("token", call.services().require(ApiKeys.class).mint(call.actor(), key, order));
    }
}
