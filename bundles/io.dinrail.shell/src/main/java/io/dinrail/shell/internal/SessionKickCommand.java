package io.dinrail.shell.internal;

import io.dinrail.identity.api.Role;
import io.dinrail.messaging.api.MessageBroker;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;

@Needs(Role.ADMIN)
@Command(scope = "dinrail", name = "session-kick", description = "Disconnects an MQTT client; it may come back")
final class SessionKickCommand extends PlatformCommand {
    @Argument(name = "client", description = "Its client id", required = true)
    @Completion(ClientIds.class)
    private String client;

    @Override
    String recorded() {
        return client;
    }

    @Override
    void run(Call call) throws Exception {
        if (!call.services().require(MessageBroker.class).kick(client)) {
            throw new Refused("client '" + client + "' is not connected: dinrail:session-list shows who is");
        }
        call.out().println("disconnected client " + client);
    }
}
