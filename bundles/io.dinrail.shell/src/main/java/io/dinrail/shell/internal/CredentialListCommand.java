package io.dinrail.shell.internal;

import io.dinrail.identity.api.Credential;
import io.dinrail.identity.api.Credentials;
import io.dinrail.identity.api.Role;
import io.dinrail.model.api.TagValue;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;

@Needs(Role.VIEWER)
@Command(scope = "dinrail", name = "credential-list", description = "Lists the credentials, without their passwords")
final class CredentialListCommand extends ListQuery<Credential> {
    @Override
    List<Credential> find(Call call) throws Refused {
        return call.services().require(Credentials.class).list();
    }

    @Override
    List<String> columns() {
        return List.of("name", "kind", "rule set", "client ids", "state", "created", "expires", "last used");
    }

    @Override
    List<?> row(Credential credential) {
        return List.of(
                credential.name(),
                Texts.name(credential.principal().kind()),
                credential.ruleSet(),
                String.join(",", credential.clientIds()),
                Texts.name(credential.state()),
                Shown.cell(credential.createdAt()),
                Shown.timeCell(credential.expiresAt()),
                Shown.timeCell(credential.lastUsedAt()));
    }

    @Override
    TagValue element(Credential credential) {
        return CredentialJson.of(credential).toValue();
    }
}
