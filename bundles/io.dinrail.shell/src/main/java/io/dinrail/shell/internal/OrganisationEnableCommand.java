package io.dinrail.shell.internal;

import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Organisations;
import io.dinrail.identity.api.Role;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;

@Needs(Role.ADMIN)
@Command(scope = "dinrail", name = "organisation-enable", description = "Lets a disabled organisation in again")
final class OrganisationEnableCommand extends PlatformCommand {
    @Argument(name = "id", description = "Its id or an alias", required = true)
    @Completion(OrganisationIds.class)
    private String id;

    @Override
    void run(Call call) throws Exception {
        Organisation before = Orgs.known(call.services(), id);
        call.services().require(Organisations.class).change(call.actor(), Orgs.disabled(before, false));
        call.out().println("enabled organisation " + before.id());
    }
}
