package io.dinrail.shell.internal;

import io.dinrail.identity.api.Role;
import io.dinrail.json.api.JsonObject;
import io.dinrail.messaging.api.MessageBroker;
import io.dinrail.messaging.api.SessionInfo;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;

@Needs(Role.VIEWER)
@Command(
        scope = "dinrail",
        name = "session-show",
        description = "Shows one MQTT session: its subscriptions and what waits for it")
final class SessionShowCommand extends ShowQuery<SessionInfo> {
    @Argument(name = "client", description = "The client id", required = true)
    @Completion(SessionIds.class)
    private String client;

    @Override
    SessionInfo find(Call call) throws Refused {
        return call.services().require(MessageBroker.class).sessionInfos().stream()
                .filter(session -> session.clientId().equals(client))
                .findAny()
                .orElseThrow(() -> new Refused(
                        "client '" + client + "' has no session: dinrail:session-list shows those that have one"));
    }

    @Override
    JsonObject object(SessionInfo session) {
        return SessionJson.of(session);
    }
}
