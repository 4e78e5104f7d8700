package io.dinrail.shell.internal;

import io.dinrail.identity.api.Credential;
import io.dinrail.identity.api.Credentials;
import io.dinrail.identity.api.Role;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.jspecify.annotations.Nullable;

@Needs(Role.ADMIN)
@Command(
        scope = "dinrail",
        name = "credential-change",
        description = "Changes what is given of a credential; its open connections follow")
final class CredentialChangeCommand extends PlatformCommand {
    @Argument(name = "name", description = "The login name", required = true)
    @Completion(CredentialNames.class)
    private String name;

    @Option(name = "--rule-set", description = "What it may do")
    @Completion(RuleSetNames.class)
    private @Nullable String ruleSet;

    @Option(name = "--display-name", description = "For people")
    private @Nullable String displayName;

    @Option(name = "--expires", description = Times.END)
    private @Nullable String expires;

    @Override
    void run(Call call) throws Exception {
        Credentials credentials = call.services().require(Credentials.class);
        Credential before = CredentialJson.known(credentials, name);
        credentials.change(
                call.actor(),
                name,
                Optional.ofNullable(displayName).orElse(before.displayName()),
                Optional.ofNullable(ruleSet).orElse(before.ruleSet()),
                expires == null ? before.expiresAt() : Times.end(expires));
        call.out().println("changed credential " + name);
    }
}
