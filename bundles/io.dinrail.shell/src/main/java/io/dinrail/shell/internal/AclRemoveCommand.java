package io.dinrail.shell.internal;

import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Role;
import io.dinrail.identity.api.RuleSets;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;

@Needs(Role.ADMIN)
@Command(
        scope = "dinrail",
        name = "acl-remove",
        description = "Removes a rule set that no credential has; in place of a shipped one, that is back")
final class AclRemoveCommand extends PlatformCommand {
    @Argument(name = "name", description = "The rule set", required = true)
    @Completion(RuleSetNames.class)
    private String name;

    @Option(name = "--org", description = "The organisation: its id or an alias")
    @Completion(OrganisationIds.class)
    private String org = Organisation.DEFAULT;

    @Override
    void run(Call call) throws Exception {
        call.services().require(RuleSets.class).remove(call.actor(), Orgs.id(call.services(), org), name);
        call.out().println("removed rule set " + name);
    }
}
