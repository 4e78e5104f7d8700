package io.dinrail.shell.internal;

import io.dinrail.identity.api.Principal;
import io.dinrail.identity.api.Role;
import io.dinrail.identity.api.Tokens;
import io.dinrail.json.api.JsonObject;
import io.dinrail.model.api.TagValue;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;

@Needs(Role.VIEWER)
@Command(
        scope = "dinrail",
        name = "token-list",
        description = "Lists the temporary tokens that have not ended, without their passwords")
final class TokenListCommand extends ListQuery<Tokens.TemporaryToken> {
    @Override
    List<Tokens.TemporaryToken> find(Call call) throws Refused {
        return call.services().require(Tokens.class).list();
    }

    @Override
    List<String> columns() {
        return List.of("id", "organisation", "identity", "username", "rule set", "expires");
    }

    @Override
    List<?> row(Tokens.TemporaryToken token) {
        return List.of(
                token.id(),
                token.organisation(),
                token.identity(),
                token.name(),
                token.ruleSet(),
                Shown.cell(token.expiresAt()));
    }

    @Override
    TagValue element(Tokens.TemporaryToken token) {
        return new JsonObject()
                .put("id", token.id())
                .put("organisation", token.organisation())
                .put("identity", token.identity())
                .put("username", Principal.login(token.organisation(), token.name()))
                .put("ruleSet", token.ruleSet())
                .put("expiresAt", token.expiresAt())
                .toValue();
    }
}
