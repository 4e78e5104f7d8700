package io.dinrail.shell.internal;

import io.dinrail.identity.api.Credentials;
import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Role;
import io.dinrail.identity.api.RuleSets;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;

@Needs(Role.VIEWER)
@Command(
        scope = "dinrail",
        name = "acl-export",
        description = "Prints a rule set as JSON; the one of devices unless told")
final class AclExportCommand extends PlatformCommand {
    @Argument(name = "name", description = "The rule set")
    @Completion(RuleSetNames.class)
    private String name = Credentials.DEVICE;

    @Option(name = "--org", description = "The organisation: its id or an alias")
    @Completion(OrganisationIds.class)
    private String org = Organisation.DEFAULT;

    @Override
    void run(Call call) throws Exception {
        call.out().println(call.services().require(RuleSets.class).export(Orgs.id(call.services(), org), name));
    }
}
