package io.dinrail.shell.internal;

import io.dinrail.identity.api.Enrolment;
import io.dinrail.identity.api.Role;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;

@Needs(Role.ADMIN)
@Command(scope = "dinrail", name = "enrolment-cancel", description = "Takes an open enrolment back")
final class EnrolmentCancelCommand extends PlatformCommand {
    @Argument(name = "name", description = "The login name", required = true)
    @Completion(EnrolmentNames.class)
    private String name;

    @Override
    void run(Call call) throws Exception {
        call.services().require(Enrolment.class).cancel(call.actor(), name);
        call.out().println("cancelled enrolment " + name);
    }
}
