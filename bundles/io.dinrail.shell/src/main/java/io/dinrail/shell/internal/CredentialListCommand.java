package io.dinrail.shell.internal;

import io.dinrail.identity.api.Credential;
import io.dinrail.identity.api.Credentials;
import io.dinrail.json.api.JsonObject;
import io.dinrail.model.api.TagValue;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;

@Command(scope = "dinrail", name = "credential-list", description = "Lists the credentials, without their passwords")
final class CredentialListCommand extends ListQuery<Credential> {
    @Override
    List<Credential> find(Services services) throws Refused {
        return services.require(Credentials.class).list();
    }

    @Override
    List<String> columns() {
        return List.of("name", "rule set", "client ids", "created");
    }

    @Override
    List<?> row(Credential credential) {
        return List.of(
                credential.name(),
                credential.ruleSet(),
                String.join(",", credential.clientIds()),
                Shown.cell(credential.createdAt()));
    }

    @Override
    TagValue element(Credential credential) {
        return new JsonObject()
                .put("name", credential.name())
                .put("ruleSet", credential.ruleSet())
                .put("clientIds", credential.clientIds())
                .put("createdAt", credential.createdAt())
                .toValue();
    }
}
