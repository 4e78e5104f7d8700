package io.dinrail.shell.internal;

import io.dinrail.identity.api.Role;
import io.dinrail.json.api.JsonObject;
import io.dinrail.messaging.api.MessageBroker;
import io.dinrail.messaging.api.Session;
import io.dinrail.model.api.TagValue;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;

@Needs(Role.VIEWER)
@Command(scope = "dinrail", name = "session-list", description = "Lists the MQTT clients that are connected")
final class SessionListCommand extends ListQuery<Session> {
    @Override
    List<Session> find(Call call) throws Refused {
        return call.services().require(MessageBroker.class).sessions();
    }

    @Override
    List<String> columns() {
        return List.of("client", "username", "address", "connected");
    }

    @Override
    List<?> row(Session session) {
        return List.of(session.clientId(), session.username(), session.address(), Shown.cell(session.connectedAt()));
    }

    @Override
    TagValue element(Session session) {
        return new JsonObject()
                .put("client", session.clientId())
                .put("username", session.username())
                .put("address", session.address())
                .put("connectedAt", session.connectedAt())
                .toValue();
    }
}
