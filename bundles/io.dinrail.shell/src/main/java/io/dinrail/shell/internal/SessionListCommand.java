package io.dinrail.shell.internal;

import io.dinrail.identity.api.Role;
import io.dinrail.messaging.api.MessageBroker;
import io.dinrail.messaging.api.Session;
import io.dinrail.messaging.api.SessionInfo;
import io.dinrail.model.api.TagValue;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;

@Needs(Role.VIEWER)
@Command(
        scope = "dinrail",
        name = "session-list",
        description = "Lists the MQTT clients that are connected, and the sessions of those that are away")
final class SessionListCommand extends ListQuery<SessionInfo> {
    @Override
    List<SessionInfo> find(Call call) throws Refused {
        return call.services().require(MessageBroker.class).sessionInfos();
    }

    @Override
    List<String> columns() {
        return List.of("client", "username", "address", "connected", "waiting");
    }

    @Override
    List<?> row(SessionInfo session) {
        return List.of(
                session.clientId(),
                session.username(),
                session.connection().map(Session::address).orElse("away"),
                Shown.cell(session.connection().map(Session::connectedAt)),
                session.waiting());
    }

    @Override
    TagValue element(SessionInfo session) {
        return SessionJson.of(session).toValue();
    }
}
