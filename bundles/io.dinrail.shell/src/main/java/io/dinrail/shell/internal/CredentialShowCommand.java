package io.dinrail.shell.internal;

import io.dinrail.identity.api.Credential;
import io.dinrail.identity.api.Credentials;
import io.dinrail.identity.api.Role;
import io.dinrail.json.api.JsonObject;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;

@Needs(Role.VIEWER)
@Command(scope = "dinrail", name = "credential-show", description = "Shows one credential, without its password")
final class CredentialShowCommand extends ShowQuery<Credential> {
    @Argument(name = "name", description = "The login name", required = true)
    @Completion(CredentialNames.class)
    private String name;

    @Override
    Credential find(Call call) throws Refused {
        return CredentialJson.known(call.services().require(Credentials.class), name);
    }

    @Override
    JsonObject object(Credential credential) {
        return CredentialJson.of(credential);
    }
}
