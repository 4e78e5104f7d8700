package io.dinrail.shell.internal;

import io.dinrail.identity.api.ClientCertificates;
import io.dinrail.identity.api.Role;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;

@Needs(Role.ADMIN)
@Command(
        scope = "dinrail",
        name = "ca-distrust",
        description = "Trusts an imported CA no more and closes the connections that rest on it")
final class CaDistrustCommand extends PlatformCommand {
    @Argument(name = "name", description = "Its name here", required = true)
    @Completion(CaNames.class)
    private String name;

    @Override
    void run(Call call) throws Exception {
        call.services().require(ClientCertificates.class).distrust(call.actor(), name);
        call.out().println("distrusted CA " + name);
    }
}
