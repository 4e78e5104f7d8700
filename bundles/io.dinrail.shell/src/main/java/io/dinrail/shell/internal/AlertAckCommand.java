package io.dinrail.shell.internal;

import io.dinrail.alert.api.Alert;
import io.dinrail.alert.api.Alerts;
import io.dinrail.identity.api.Role;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;

@Needs(Role.OPERATOR)
@Command(scope = "dinrail", name = "alert-ack", description = "Acknowledges an alert")
final class AlertAckCommand extends PlatformCommand {
    @Argument(name = "id", description = "The alert", required = true)
    @Completion(AlertIds.class)
    private String id;

    @Option(name = "--note", description = "What to remember, at most 500 characters")
    private String note = "";

    @Override
    String recorded() {
        return "alert " + id;
    }

    @Override
    void run(Call call) throws Exception {
        Alert alert = call.services().require(Alerts.class).acknowledge(number(), note);
        call.out().println("alert " + alert.id() + " is " + alert.state());
    }

    private long number() throws Refused {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException e) {
            throw new Refused("'" + id + "' is no alert's id: dinrail:alert-list shows them");
        }
    }
}
